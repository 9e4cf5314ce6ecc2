// Starts `caveat lsp` and keeps it running while the settings ask for it. All else is the server's.

import { existsSync } from "node:fs";
import { commands, type ExtensionContext, window, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { programOf } from "./program";

/** The files that are sent to the server: those whose text caveat reads. */
const FILES =
  "**/*.{md,markdown,mdx,svx,mdoc,markdoc,html,htm,xhtml,njk,php,phtml,liquid,twig,erb,ejs,hbs,handlebars,mustache,jinja,jinja2,j2,gohtml,tmpl,jsx,tsx,js,ts,mjs,mts,cjs,cts,vue,svelte,astro,txt,text,json,jsonc,json5,webmanifest,yaml,yml,toml,csv,tsv,xml,po,pot}";

/** The server's command that checks all files. */
const CHECK_ALL = "caveat.checkWorkspace";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  let running = Promise.resolve();
  // One after the other, so that no server is left behind. A start that fails has been told by the client.
  const restart = () => {
    running = running
      .then(deactivate)
      .then(() => start(context.extensionPath))
      .catch(() => undefined);
    return running;
  };
  context.subscriptions.push(
    commands.registerCommand("caveat.restart", restart),
    workspace.onDidChangeConfiguration((change) => (change.affectsConfiguration("caveat") ? restart() : undefined)),
    workspace.onDidGrantWorkspaceTrust(restart),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

async function start(extension: string): Promise<void> {
  const settings = workspace.getConfiguration("caveat");
  const configured = settings.get("path", "");
  const command = programOf({
    configured,
    workspace: workspace.workspaceFolders?.[0]?.uri.fsPath,
    extension,
    platform: process.platform,
    path: process.env.PATH ?? "",
    exists: existsSync,
  });
  if (command === undefined) {
    const missing =
      configured === "" ? "No program comes with this build of the extension" : `${configured} is not there`;
    window.showErrorMessage(`caveat: ${missing}. Install caveat, or name it in the setting caveat.path.`);
    return;
  }
  // Findings of files that are not open show once they are asked for, and from then on.
  let all = false;
  client = new LanguageClient(
    "caveat",
    "caveat",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ scheme: "file", pattern: FILES }],
      initializationOptions: { advice: settings.get("advice", false) },
      middleware: {
        executeCommand: (command, parameters, next) => {
          all ||= command === CHECK_ALL;
          return next(command, parameters);
        },
        provideWorkspaceDiagnostics: (known, token, report, next) => (all ? next(known, token, report) : { items: [] }),
      },
    },
  );
  await client.start();
}
