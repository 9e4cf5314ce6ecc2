//! Owns the packs and word files that are part of the program: `policies/` at the time of building.

/// A file's path in `policies/` with its text.
type File = (&'static str, &'static str);

macro_rules! files {
    ($end:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../policies/", $name, $end)))),*]
    };
}

/// The packs, by name. A new pack is one more line here.
pub(super) const PACKS: &[File] = files![".yaml":
    "au",
    "ca",
    "education",
    "english",
    "eu",
    "platforms",
    "statements",
    "uk",
    "us-clinic",
    "us-device",
    "us-effects",
    "us-ftc",
    "us-rx",
    "us-supplement",
    "vocabulary",
];

/// The word files that they name, by path. A new file is one more line here.
pub(super) const WORD_FILES: &[File] = files!["":
    "au/cosmetic-words.txt",
    "ca/schedule-a1.txt",
    "english/able-again.txt",
    "english/after-visits.txt",
    "english/anti-aging.txt",
    "english/anti-claims.txt",
    "english/appearance-words.txt",
    "english/attribution-cues.txt",
    "english/benefit-nouns.txt",
    "english/body-functions.txt",
    "english/body-structures.txt",
    "english/claim-suffixes.txt",
    "english/clinic-words.txt",
    "english/comparatives.txt",
    "english/compound-claims.txt",
    "english/condition-people.txt",
    "english/conditions-blood.txt",
    "english/conditions-cancer.txt",
    "english/conditions-children.txt",
    "english/conditions-cosmetic.txt",
    "english/conditions-dental.txt",
    "english/conditions-digestive.txt",
    "english/conditions-eye-ear.txt",
    "english/conditions-general.txt",
    "english/conditions-heart.txt",
    "english/conditions-immune.txt",
    "english/conditions-infection.txt",
    "english/conditions-men.txt",
    "english/conditions-mental.txt",
    "english/conditions-metabolic.txt",
    "english/conditions-mild.txt",
    "english/conditions-musculoskeletal.txt",
    "english/conditions-neuro.txt",
    "english/conditions-respiratory.txt",
    "english/conditions-skin.txt",
    "english/conditions-urinary.txt",
    "english/conditions-women.txt",
    "english/cosmetic-products.txt",
    "english/cure-verbs.txt",
    "english/devices.txt",
    "english/diagnose-verbs.txt",
    "english/diets.txt",
    "english/discourage-mild.txt",
    "english/discourage-strong.txt",
    "english/drug-class-nouns.txt",
    "english/drug-names-otc.txt",
    "english/drug-names-rx.txt",
    "english/drugs-and-care.txt",
    "english/effects/absence.txt",
    "english/effects/adjective-drug.txt",
    "english/effects/adjective-mild.txt",
    "english/effects/avoid.txt",
    "english/effects/boost-nouns.txt",
    "english/effects/boost.txt",
    "english/effects/change.txt",
    "english/effects/cure-nouns.txt",
    "english/effects/cure.txt",
    "english/effects/detox-nouns.txt",
    "english/effects/detox.txt",
    "english/effects/eliminate-nouns.txt",
    "english/effects/eliminate.txt",
    "english/effects/help-nouns.txt",
    "english/effects/help.txt",
    "english/effects/improve-nouns.txt",
    "english/effects/improve.txt",
    "english/effects/indicate.txt",
    "english/effects/lose-nouns.txt",
    "english/effects/lose.txt",
    "english/effects/prevent-nouns.txt",
    "english/effects/prevent.txt",
    "english/effects/reduce-nouns.txt",
    "english/effects/reduce.txt",
    "english/effects/regulate-nouns.txt",
    "english/effects/regulate.txt",
    "english/effects/relieve-nouns.txt",
    "english/effects/relieve.txt",
    "english/effects/remove-nouns.txt",
    "english/effects/remove.txt",
    "english/effects/restore-nouns.txt",
    "english/effects/restore.txt",
    "english/effects/support-nouns.txt",
    "english/effects/support.txt",
    "english/effects/treat-nouns.txt",
    "english/effects/treat.txt",
    "english/effects/without.txt",
    "english/erase-verbs.txt",
    "english/farewells.txt",
    "english/fda-approval.txt",
    "english/fda-other.txt",
    "english/fillers.txt",
    "english/first-person.txt",
    "english/foods.txt",
    "english/function-verbs.txt",
    "english/glp1-names.txt",
    "english/guarantees.txt",
    "english/hedge-voids.txt",
    "english/hedges.txt",
    "english/help-verbs.txt",
    "english/herbs-and-nutrients.txt",
    "english/improvement-phrases.txt",
    "english/injectables.txt",
    "english/kinds/clinic-weak.txt",
    "english/kinds/clinic.txt",
    "english/kinds/cosmetic-weak.txt",
    "english/kinds/cosmetic.txt",
    "english/kinds/device-weak.txt",
    "english/kinds/device.txt",
    "english/kinds/food-weak.txt",
    "english/kinds/food.txt",
    "english/kinds/medicine-otc-weak.txt",
    "english/kinds/medicine-otc.txt",
    "english/kinds/medicine-rx-weak.txt",
    "english/kinds/medicine-rx.txt",
    "english/kinds/supplement-weak.txt",
    "english/kinds/supplement.txt",
    "english/kinds/wellness-weak.txt",
    "english/kinds/wellness.txt",
    "english/legal-cues.txt",
    "english/meanings/adjective-drug.txt",
    "english/meanings/aging.txt",
    "english/meanings/biomarker.txt",
    "english/meanings/care.txt",
    "english/meanings/compounded.txt",
    "english/meanings/cosmetic-active.txt",
    "english/meanings/cosmetic-flaw.txt",
    "english/meanings/cosmetic.txt",
    "english/meanings/cure.txt",
    "english/meanings/customer.txt",
    "english/meanings/detox.txt",
    "english/meanings/device.txt",
    "english/meanings/diet.txt",
    "english/meanings/disease-people.txt",
    "english/meanings/disease.txt",
    "english/meanings/food.txt",
    "english/meanings/germ.txt",
    "english/meanings/hair-growth.txt",
    "english/meanings/herb.txt",
    "english/meanings/improve.txt",
    "english/meanings/injectable.txt",
    "english/meanings/looks.txt",
    "english/meanings/lose.txt",
    "english/meanings/medicine-otc.txt",
    "english/meanings/medicine-rx.txt",
    "english/meanings/minor-ailment.txt",
    "english/meanings/molecule.txt",
    "english/meanings/nutrient.txt",
    "english/meanings/oil.txt",
    "english/meanings/pain.txt",
    "english/meanings/procedure-unapproved.txt",
    "english/meanings/procedure.txt",
    "english/meanings/professional.txt",
    "english/meanings/reduce.txt",
    "english/meanings/relieve.txt",
    "english/meanings/restore.txt",
    "english/meanings/service-licensed.txt",
    "english/meanings/service-wellness.txt",
    "english/meanings/stress.txt",
    "english/meanings/supplement.txt",
    "english/meanings/support.txt",
    "english/meanings/symptom.txt",
    "english/meanings/treat.txt",
    "english/meanings/weight.txt",
    "english/meanings/wellbeing.txt",
    "english/mild-benefit-nouns.txt",
    "english/mild-function-verbs.txt",
    "english/mild-guarantees.txt",
    "english/miracles.txt",
    "english/natural-mild.txt",
    "english/natural-proof.txt",
    "english/negation-stops.txt",
    "english/negation-traps.txt",
    "english/negation.txt",
    "english/other-care.txt",
    "english/pages/article.txt",
    "english/pages/legal.txt",
    "english/pages/product-weak.txt",
    "english/pages/product.txt",
    "english/pages/recipe.txt",
    "english/pages/team.txt",
    "english/pages/treatment-weak.txt",
    "english/pages/treatment.txt",
    "english/pressure-words.txt",
    "english/prevent-verbs.txt",
    "english/procedures.txt",
    "english/professionals.txt",
    "english/proof-mild.txt",
    "english/proof-strong.txt",
    "english/question-sells.txt",
    "english/quoting-cues.txt",
    "english/recipe-words.txt",
    "english/recovery-phrases.txt",
    "english/reduce-verbs.txt",
    "english/refund-words.txt",
    "english/relief-nouns.txt",
    "english/remedy-nouns.txt",
    "english/safety-absolutes.txt",
    "english/safety-mild.txt",
    "english/sale-cues.txt",
    "english/shown-verbs.txt",
    "english/signs.txt",
    "english/slim-verbs.txt",
    "english/software-words.txt",
    "english/solved-mine.txt",
    "english/source-cues.txt",
    "english/strong-function-verbs.txt",
    "english/studies.txt",
    "english/subjects/biology.txt",
    "english/subjects/compounded.txt",
    "english/subjects/cosmetic-active.txt",
    "english/subjects/cosmetic.txt",
    "english/subjects/customer.txt",
    "english/subjects/dental-work.txt",
    "english/subjects/device.txt",
    "english/subjects/diet.txt",
    "english/subjects/food.txt",
    "english/subjects/habit.txt",
    "english/subjects/herb.txt",
    "english/subjects/injectable.txt",
    "english/subjects/medicine-otc.txt",
    "english/subjects/medicine-rx.txt",
    "english/subjects/nutrient.txt",
    "english/subjects/oil.txt",
    "english/subjects/ordinary-care.txt",
    "english/subjects/procedure-unapproved.txt",
    "english/subjects/procedure.txt",
    "english/subjects/professional.txt",
    "english/subjects/service-licensed.txt",
    "english/subjects/service-wellness.txt",
    "english/subjects/supplement.txt",
    "english/substitutes.txt",
    "english/superlative-medical.txt",
    "english/superlative-puff.txt",
    "english/supplement-words.txt",
    "english/symptoms-everyday.txt",
    "english/symptoms.txt",
    "english/targets/aging.txt",
    "english/targets/biomarker.txt",
    "english/targets/body-function.txt",
    "english/targets/body-part.txt",
    "english/targets/care.txt",
    "english/targets/cosmetic-flaw.txt",
    "english/targets/disease-people.txt",
    "english/targets/disease.txt",
    "english/targets/fertility.txt",
    "english/targets/germ.txt",
    "english/targets/hair-growth.txt",
    "english/targets/harm.txt",
    "english/targets/inflammation.txt",
    "english/targets/looks.txt",
    "english/targets/minor-ailment.txt",
    "english/targets/molecule.txt",
    "english/targets/pain.txt",
    "english/targets/stress.txt",
    "english/targets/symptom.txt",
    "english/targets/toxin.txt",
    "english/targets/weight.txt",
    "english/targets/wellbeing.txt",
    "english/time-to-result.txt",
    "english/told-changes.txt",
    "english/treat-verbs.txt",
    "english/unapproved-substances.txt",
    "english/units-people.txt",
    "english/units-time.txt",
    "english/units-weight.txt",
    "english/warning-cues.txt",
    "english/weight-words.txt",
    "english/wellness-words.txt",
    "english/whose-body.txt",
    "eu/authorised.txt",
    "eu/benefit-nouns.txt",
    "uk/cosmetic-descriptors.txt",
    "uk/pom-names.txt",
    "uk/weight-loss-descriptors.txt",
];

/// The text of an embedded pack.
pub(super) fn pack(name: &str) -> Option<&'static str> {
    let found = PACKS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}

/// The text of an embedded word file.
pub(super) fn word_file(path: &str) -> Option<&'static str> {
    number_of(path).map(|number| WORD_FILES[number].1)
}

/// The number of an embedded word file.
pub(super) fn number_of(path: &str) -> Option<usize> {
    WORD_FILES.binary_search_by_key(&path, |(known, _)| known).ok()
}

/// The market in a pack's head, read without the rest: most packs are not needed in a run.
pub(super) fn market(text: &str) -> &str {
    text.lines()
        .find_map(|line| line.strip_prefix("market:"))
        .and_then(|rest| rest.split_whitespace().next())
        .unwrap_or_default()
        .trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn files(folder: &Path, end: &str, prefix: &str) -> Vec<String> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                names.extend(files(&path, end, &format!("{prefix}{name}/")));
            } else if name.ends_with(end) {
                names.push(format!("{prefix}{name}"));
            }
        }
        names.sort();
        names
    }

    #[test]
    fn every_file_of_the_folder_is_listed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
        let mut listed: Vec<String> = PACKS.iter().map(|(name, _)| format!("{name}.yaml")).collect();
        listed.sort();
        assert_eq!(
            listed,
            files(&folder, ".yaml", ""),
            "src/policy/builtin.rs lists every pack"
        );
        let listed: Vec<String> = WORD_FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(
            listed,
            files(&folder, ".txt", ""),
            "src/policy/builtin.rs lists every word file, in order"
        );
    }

    #[test]
    fn heads_are_plain() {
        for (name, text) in PACKS {
            let node = crate::data::parse_yaml(text, 0).unwrap();
            assert_eq!(node.get("pack").and_then(|node| node.text()), Some(*name));
            assert_eq!(
                node.get("market").and_then(|node| node.text()),
                Some(market(text))
            );
        }
    }
}
