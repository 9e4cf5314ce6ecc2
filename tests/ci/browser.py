"""A real browser, driven through a pipe: pages are opened, clicked and typed into as a person does it. Needs Chromium;
`$BROWSER` names another one."""

import base64
import json
import os
import subprocess
import time


class Browser:
    def __init__(self, folder, width=1280, height=900, dark=False):
        os.makedirs(folder, exist_ok=True)
        to_read, self.to = os.pipe()
        self.back, to_write = os.pipe()

        def pipes():
            # Chromium reads from 3 and writes to 4, whatever these are called here.
            read, write = os.dup(to_read), os.dup(to_write)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.process = subprocess.Popen(
            [os.environ.get("BROWSER", "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--hide-scrollbars", f"--user-data-dir={folder}/profile",
             "--remote-debugging-pipe", "about:blank"],
            preexec_fn=pipes, close_fds=False, stderr=open(f"{folder}/browser.log", "w"))
        os.close(to_read)
        os.close(to_write)
        self.rest, self.last, self.session, self.dialogs = b"", 0, None, 0
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.downloads = f"{folder}/downloads"
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=self.downloads)
        self.call("Page.enable")
        self.call("Runtime.enable")
        self.size(width, height, dark)

    def size(self, width, height, dark=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        feature = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[feature])

    def message(self):
        while b"\0" not in self.rest:
            more = os.read(self.back, 1 << 16)
            if not more:
                raise RuntimeError("the browser has gone")
            self.rest += more
        whole, self.rest = self.rest.split(b"\0", 1)
        return json.loads(whole)

    def send(self, method, params):
        self.last += 1
        call = {"id": self.last, "method": method, "params": params}
        if self.session and not method.startswith(("Target.", "Browser.")):
            call["sessionId"] = self.session
        os.write(self.to, json.dumps(call).encode() + b"\0")
        return self.last

    def call(self, method, **params):
        mine = self.send(method, params)
        while True:
            answer = self.message()
            if answer.get("method") == "Page.javascriptDialogOpening":
                # "Leave the page?"
                self.dialogs += 1
                self.send("Page.handleJavaScriptDialog", {"accept": True})
            if answer.get("id") == mine:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def open(self, path):
        self.js("window.isLeft = true")
        self.call("Page.navigate", url=f"file://{os.path.realpath(path)}")
        self.until("!window.isLeft && document.readyState === 'complete'")

    def js(self, text):
        answer = self.call("Runtime.evaluate", expression=text, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{text}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def until(self, text, seconds=60):
        end = time.time() + seconds
        while not self.js(text):
            if time.time() > end:
                raise RuntimeError(f"it never came: {text}")
            time.sleep(0.05)

    def click(self, selector):
        """Clicks where an element is seen, as a hand does; whatever lies over it is clicked instead."""
        at = self.js(f"""(() => {{
          const element = document.querySelector({json.dumps(selector)});
          element.scrollIntoView({{ block: 'center' }});
          const box = element.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=at[0], y=at[1], button="left", clickCount=1)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def press(self, key, ctrl=False):
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = {"Enter": 13, "Escape": 27, "Tab": 9}.get(key, ord(key.upper()) if len(key) == 1 else 0)
        params = {"key": key, "modifiers": 2 if ctrl else 0, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text="" if ctrl else text, **params)
        self.call("Input.dispatchKeyEvent", type="keyUp", **params)

    def choose(self, selector, path):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[os.path.realpath(path)])

    def downloaded(self, name, seconds=30):
        path, end = f"{self.downloads}/{name}", time.time() + seconds
        # The browser holds the place with an empty file until the download is whole.
        while not (os.path.exists(path) and os.path.getsize(path)):
            if time.time() > end:
                raise RuntimeError(f"{name} was not downloaded")
            time.sleep(0.05)
        return path

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def close(self):
        self.call("Browser.close")
        self.process.wait(30)
