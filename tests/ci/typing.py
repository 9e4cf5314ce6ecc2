"""Types letters into a page that an editor server serves, and waits for the answer after each.

    python3 tests/ci/typing.py LETTERS PAGE COMMAND…     the command that starts the server
"""

import json
import pathlib
import subprocess
import sys

letters, page, command = int(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve(), sys.argv[3:]
server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
uri = page.as_uri()


def send(method, params, number=None):
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    if number is not None:
        message["id"] = number
    body = json.dumps(message).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def ask(number, method, params):
    send(method, params, number)
    while True:
        length = int(server.stdout.readline().split(b":")[1])
        server.stdout.readline()
        answer = json.loads(server.stdout.read(length))
        if answer.get("id") == number and "method" not in answer:
            assert "error" not in answer, answer
            return


folder = page.parent.as_uri()
folders = [{"uri": folder, "name": "copy"}]
ask(0, "initialize", {"processId": None, "rootUri": folder, "capabilities": {}, "workspaceFolders": folders})
send("initialized", {})
text = page.read_text(encoding="utf-8")
document = {"uri": uri, "languageId": "markdown", "version": 0, "text": text}
send("textDocument/didOpen", {"textDocument": document})
place = {"line": text.count("\n") // 2, "character": 0}
hover = {"textDocument": {"uri": uri}, "position": place}
ask(1, "textDocument/hover", hover)
for number in range(letters):
    change = {"range": {"start": place, "end": place}, "text": "a"}
    send("textDocument/didChange", {"textDocument": {"uri": uri, "version": number + 1}, "contentChanges": [change]})
    ask(number + 2, "textDocument/hover", hover)
ask(letters + 2, "shutdown", None)
send("exit", None)
sys.exit(server.wait())
