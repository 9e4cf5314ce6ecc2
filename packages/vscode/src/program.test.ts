import assert from "node:assert/strict";
import { test } from "node:test";
import { type Place, programOf } from "./program";

function place(files: string[], rest: Partial<Place> = {}): Place {
  return {
    configured: "",
    workspace: "/site",
    extension: "/extension",
    platform: "linux",
    path: "bin:/usr/local/bin:/usr/bin",
    exists: (file) => files.includes(file),
    ...rest,
  };
}

const BUNDLED = "/extension/bundled/caveat";

test("the bundled program comes before that of the search path", () => {
  assert.equal(programOf(place([BUNDLED, "/usr/bin/caveat"])), BUNDLED);
  assert.equal(programOf(place(["/usr/bin/caveat"])), "/usr/bin/caveat");
});

test("the search path is taken in order", () => {
  assert.equal(programOf(place(["/usr/bin/caveat", "/usr/local/bin/caveat"])), "/usr/local/bin/caveat");
});

test("a relative entry of the search path is passed over", () => {
  assert.equal(programOf(place(["bin/caveat", "/site/bin/caveat"])), undefined);
});

test("the configured program comes first", () => {
  assert.equal(programOf(place([BUNDLED, "/opt/caveat"], { configured: "/opt/caveat" })), "/opt/caveat");
});

test("a relative setting counts from the workspace, and from nowhere without one", () => {
  const files = [BUNDLED, "/site/tools/caveat", "tools/caveat"];
  assert.equal(programOf(place(files, { configured: "tools/caveat" })), "/site/tools/caveat");
  assert.equal(programOf(place(files, { configured: "tools/caveat", workspace: undefined })), undefined);
});

test("a configured program that is not there is not replaced by another", () => {
  assert.equal(programOf(place([BUNDLED], { configured: "/opt/caveat" })), undefined);
});

test("the program has an ending on Windows", () => {
  assert.equal(programOf(place([BUNDLED, `${BUNDLED}.exe`], { platform: "win32" })), `${BUNDLED}.exe`);
});
