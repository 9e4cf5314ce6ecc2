#!/usr/bin/env bash
# Drives `caveat lsp` by Neovim, as a real editor: the set-up of the README for its version, findings of a text that is typed
# and never saved, the pointer, an action, the whole workspace, and settings. Usage: tests/ci/lsp.sh CAVEAT [NEOVIM].
set -euo pipefail

caveat=$(realpath "$1")
nvim=$(realpath "$(command -v "${2:-nvim}")")
readme=$(realpath "$(dirname "$0")/../../README.md")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/site" "$scratch/home"
ln -s "$caveat" "$scratch/bin/caveat"
export PATH="$scratch/bin:$PATH" HOME="$scratch/home" XDG_CONFIG_HOME="$scratch/home" XDG_DATA_HOME="$scratch/home" XDG_STATE_HOME="$scratch/home"

# The first block of Lua in the README is for the old Neovim, the second for one that has `vim.lsp.config`.
block=1
"$nvim" --headless --clean -c 'if has("nvim-0.11") | cquit 9 | else | qall! | endif' || block=2
awk -v block="$block" '/^```lua$/ { on = ++count == block; next } /^```$/ { on = 0 } on' "$readme" > "$scratch/setup.lua"

cd "$scratch/site"
echo 'markets: [us]' > caveat.yaml
printf '# Tea\n\nCaf\303\251 \360\237\215\265: our tea cures eczema.\n' > tea.md
echo 'Our capsules cure diabetes. Results are guaranteed.' > pills.md

cat > "$scratch/drive.lua" << 'LUA'
local function fail(why)
  io.stderr:write("lsp: " .. why .. "\n")
  vim.cmd("cquit 1")
end
local function wait(what, is)
  if not vim.wait(60000, is, 20) then fail("no " .. what .. ": " .. vim.inspect(vim.diagnostic.get())) end
end
local function check(is, what)
  if not is then fail(what .. ": " .. vim.inspect(vim.diagnostic.get())) end
end
local function found(buffer) return vim.diagnostic.get(buffer) end
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
  for _, answer in pairs(answers or {}) do
    if answer.error then fail(method .. ": " .. vim.inspect(answer.error)) end
    return answer.result
  end
  fail("no answer to " .. method)
end

vim.cmd("edit tea.md")
local tea = vim.api.nvim_get_current_buf()
wait("finding in tea.md", function() return #found(tea) == 1 end)
local one = found(tea)[1]
check(one.code == "us-effects/swallowed-disease", "rule")
check(one.severity == vim.diagnostic.severity.ERROR, "severity")
local line = vim.api.nvim_buf_get_lines(tea, one.lnum, one.lnum + 1, true)[1]
check(line:sub(one.col + 1, one.end_col) == "cures eczema", "place")

-- What is typed counts, saved or not.
vim.api.nvim_buf_set_lines(tea, 0, 0, true, { "Mint.", "" })
wait("finding that moved", function() return #found(tea) == 1 and found(tea)[1].lnum == 4 end)
vim.api.nvim_win_set_cursor(0, { 5, (line:find("eczema")) })
local hover = ask("textDocument/hover", vim.lsp.util.make_position_params(0, "utf-16"))
check(hover.contents.value:find("What would pass:", 1, true), "hover")

local params = vim.lsp.util.make_range_params(0, "utf-16")
params.context = { diagnostics = {} }
local comment
for _, action in ipairs(ask("textDocument/codeAction", params)) do
  if action.title:find("^Let us%-effects/swallowed%-disease pass") then comment = action end
end
check(comment, "action")
vim.lsp.util.apply_workspace_edit(comment.edit, "utf-16")
wait("mistake of a comment without a reason", function() return #found(tea) == 2 end)
local row = 4
local text = vim.api.nvim_buf_get_lines(tea, row, row + 1, true)[1]
vim.api.nvim_buf_set_lines(tea, row, row + 1, true, { (text:gsub(": *%-%->", ": a trial is linked -->")) })
wait("end of the finding", function() return #found(tea) == 0 end)
check(vim.bo[tea].modified, "nothing was saved")

vim.lsp.buf.execute_command({ command = "caveat.checkWorkspace", arguments = {} })
local pills = vim.fn.bufadd("pills.md")
wait("findings of a file that is not open", function() return #found(pills) == 2 end)

vim.cmd("edit caveat.yaml")
local settings = vim.api.nvim_get_current_buf()
vim.api.nvim_buf_set_lines(settings, 0, -1, true, { "markets: [mars]" })
wait("mistake in the settings", function() return #found(settings) == 1 end)
vim.api.nvim_win_set_cursor(0, { 1, 11 })
local names = {}
for _, item in ipairs(ask("textDocument/completion", vim.lsp.util.make_position_params(0, "utf-16"))) do names[item.label] = true end
check(names.uk and names.us, "completion")

local clients = vim.lsp.get_active_clients()
check(#clients == 1, "one server for all texts")
clients[1].stop()
wait("end of the server", function() return #vim.lsp.get_active_clients() == 0 end)
io.stdout:write("lsp: Neovim " .. tostring(vim.version().major) .. "." .. tostring(vim.version().minor) .. " was served\n")
vim.cmd("qall!")
LUA
timeout 300 "$nvim" --headless --clean -c "luafile $scratch/setup.lua" -c "luafile $scratch/drive.lua"
