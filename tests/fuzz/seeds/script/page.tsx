"use client";

import { useState, type ReactNode } from "react";
import Link from "next/link";
import { cn } from "@/lib/it cures nothing";

export const metadata: Metadata = {
  title: "Calm Leaf Tea for a quiet evening",
  description: "Our tea cures insomnia in a week.",
  openGraph: { images: ["/tea cures gout.png"], type: "website" },
};

type Mood = "Our tea cures gout." | "Our tea treats asthma.";

const CURE = "cures-arthritis";
const query = gql`query Teas { tea(cures: "arthritis") { id } }`;

const teas = [
  {
    id: "cures-gout",
    name: "Green leaf",
    description: "Picked by hand, and it cures eczema.",
    className: "cures gout wide",
    image: { src: "/cures gout.png", alt: "A cup of tea that treats migraines" },
  },
  {
    id: "two",
    name: "Red leaf",
    description: `A tea that helps ${people} reverse
      diabetes for good.`,
  },
];

const help = {
  title: "Our tea treats:",
  points: ["high blood pressure", "asthma", 'children\u2019s colds'],
};

const faqs = [
  { question: "Does the tea cure arthritis?", answer: "No. It is a warm drink, and it does not treat any disease." },
  { question: "Is it safe?", answer: "It is " + "completely " + "safe for everyone, " + name + "." },
];

const testimonials = [{ quote: "It cured my asthma.", author: "A. B., cured of gout" }];

export function check(value: string): ReactNode {
  if (value === "Our tea cures gout.") {
    throw new Error("The tea cures gout, which it must not.");
  }
  console.log("The tea cures gout.", CURE);
  return t("tea.cures.gout");
}

export default function Page({ heading = "A tea for every day" }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <main className={cn("cures gout", open && "treats asthma")}>
      {/* the tea cures gout */}
      <h1>{heading}</h1>
      <p>
        Our <b>tea</b> cu<em>res</em>
        {" "}<Link href="/arthritis">arthritis</Link> &amp; it is{" "}
        <Tip label="Good to know">never</Tip> bitter.
      </p>
      <p>
        {/* caveat-allow us-effects/swallowed-disease: a sentence that was looked at */}
      </p>
      <p>Our tea treats asthma.</p>
      <p hidden>Our tea cures gout.</p>
      <p style={{ display: "none" }}>Our tea cures gout.</p>
      <Card title="It heals" text="Drink it and your psoriasis is gone." icon="cures gout" />
      <ul>
        {teas.map((tea) => (
          <li key={tea.id}>{tea.name} prevents cancer</li>
        ))}
      </ul>
      <div dangerouslySetInnerHTML={{ __html: `<p>One cup <i>cures</i> &eacute;czema and cures <b>gout</b>.</p>` }} />
      {open ? "The tea lowers cholesterol for everyone." : null}
      <Testimonial author="C. D.">This tea cured my arthritis.</Testimonial>
      <button onClick={() => track("tea cures gout")}>Buy the cure for gout</button>
      <style>{`.cures-gout { color: red }`}</style>
    </main>
  );
}
