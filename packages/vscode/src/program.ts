// Which program the extension runs.

import { delimiter, isAbsolute, join } from "node:path";

/** What the choice rests on. */
export interface Place {
  /** The setting `caveat.path`; empty where there is none. */
  configured: string;
  /** The folder of the workspace, from which a relative setting counts. */
  workspace: string | undefined;
  /** The folder of the extension, which holds the program that came with it. */
  extension: string;
  platform: NodeJS.Platform;
  /** The search path of the system. */
  path: string;
  /** Whether a file is there. */
  exists: (file: string) => boolean;
}

/** The program to run: as configured, else the bundled one, else that of the search path; none where there is none. */
export function programOf(place: Place): string | undefined {
  if (place.configured !== "") return configured(place);
  const name = place.platform === "win32" ? "caveat.exe" : "caveat";
  const bundled = join(place.extension, "bundled", name);
  // Relative entries of the search path, which would be looked up in the workspace, hold no program that may run.
  const folders = place.path.split(delimiter).filter(isAbsolute);
  return [bundled, ...folders.map((folder) => join(folder, name))].find(place.exists);
}

function configured({ configured, workspace, exists }: Place): string | undefined {
  const file = isAbsolute(configured) || workspace === undefined ? configured : join(workspace, configured);
  return isAbsolute(file) && exists(file) ? file : undefined;
}
