"""Runs `placard serve` on a free port, for tests and benchmarks."""
import http.client
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACARD = os.path.abspath(os.environ.get("PLACARD_BIN", ROOT / ".build/release/placard"))


class Server:
    def __init__(self, project, *options):
        self.process = subprocess.Popen([PLACARD, "serve", "--port", "0", "--project", str(project), *map(str, options)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", line).group(1))
        self.address = f"http://127.0.0.1:{self.port}/"

    def get(self, path, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest("GET", path, skip_host=True)
        for name, value in ({"Host": f"127.0.0.1:{self.port}"} | fields).items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
