"""docs/aws.md: every command in it exists, and so does each option. Run by templates.py.

AWS's command reads each of its own and then finds nobody to call; deploy/aws/up and fairlead say
in their help what they take.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

import boto3
import jmespath

import stacks

PAPER = stacks.ROOT / "docs" / "aws.md"
AWS = pathlib.Path(sys.executable).parent / "aws"
PROGRAM = pathlib.Path(os.environ.get("FAIRLEAD_BINARY", stacks.ROOT / "build/release/fairlead"))
# What a reader puts in.
READERS = ((r"^ARN$", "arn:aws:acm:us-east-1:123456789012:certificate/a"),
           ("ACCOUNT", "123456789012"), (r"^\$\(date .*\)$", "1"))
# Of AWS's command itself, with no operation of a service behind them: what they take, by hand.
OWN = {("configure",): set(), ("s3", "rb"): {"--force"}}


def commands_in(text):
    """The words of each command, those within "$(…)" too."""
    lines = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)\s+#\s.*$", "", text))
    lexer = shlex.shlex(lines, posix=True, punctuation_chars=";&|\n")
    lexer.whitespace, lexer.whitespace_split, lexer.commenters = " \t", True, ""
    words, found = [], []
    for word in [*lexer, "\n"]:
        if set(word) <= set(";&|\n"):
            found += [words] if words else []
            words = []
        elif word != "do":
            words.append(word)
            for inner in re.findall(r"\$\((.*)\)", word, re.DOTALL):
                found += commands_in(inner)
    return found


def commands():
    text = PAPER.read_text()
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    inline = re.findall(r"`((?:aws|fairlead|deploy/aws/up|build/release/fairlead) [^`]+)`", text)
    return [words for block in blocks + inline for words in commands_in(block)]


def printed_by(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout


class Paper(unittest.TestCase):
    def test_the_reader_of_commands(self):
        text = 'a --b "c d" \\\n  e && f   # why\nfor x in 1; do\n  g "$(\n h i)"\ndone\n'
        self.assertEqual(commands_in(text), [
            ["a", "--b", "c d", "e"], ["f"], ["for", "x", "in", "1"], ["h", "i"],
            ["g", "$(\n h i)"], ["done"]])
        self.assertGreater(len([words for words in commands() if words[0] == "aws"]), 20)

    def test_aws_knows_its_own(self):
        for words in commands():
            if words[0] != "aws":
                continue
            with self.subTest(command=shlex.join(words)):
                self.check_aws(words[1:])

    def check_aws(self, words):
        for pattern, value in READERS:
            words = [re.sub(pattern, value, word) for word in words]
        options = {word for word in words if word.startswith("--")}
        for own, taken in OWN.items():
            if tuple(words[:len(own)]) == own:
                self.assertLessEqual(options, taken)
                return
        if "--query" in words:
            jmespath.compile(words[words.index("--query") + 1])
        if words[1] == "wait":
            names = boto3.client(words[0]).waiter_names
            self.assertIn(words[2].replace("-", "_"), names)
            return
        if len(words) == 2 and words[1] in ("purge-queue", "list-suppressed-destinations"):
            self.assertTrue(hasattr(boto3.client(words[0]), words[1].replace("-", "_")))
            return  # named in a sentence, without what it needs
        done = subprocess.run([AWS, *words, "--endpoint-url", "http://127.0.0.1:1"],
                              capture_output=True, text=True,
                              env={**os.environ, "AWS_MAX_ATTEMPTS": "1"})
        self.assertIn("Could not connect to the endpoint", done.stderr)

    def test_up_knows_its_own(self):
        usage = printed_by(stacks.DEPLOY / "up", "help")
        parameters = set()
        for name in ("core.yaml", "site.yaml"):
            parameters |= set(stacks.read_template(stacks.DEPLOY / name)["Parameters"])
        for words in commands():
            if words[0] != "deploy/aws/up":
                continue
            self.assertIn(f"deploy/aws/up {words[1]}", usage)
            for word in words:
                if word.startswith("--"):
                    self.assertIn(word, usage, words)
            for before, word in zip(words, words[1:]):
                if before == "--set":
                    self.assertIn(word.split("=")[0], parameters)

    def test_fairlead_knows_its_own(self):
        self.assertTrue(PROGRAM.exists(), f"{PROGRAM} is not built")
        for words in commands():
            if words[0] not in ("fairlead", "build/release/fairlead"):
                continue
            command = [word for word in words[1:3] if re.fullmatch(r"[a-z]+", word)]
            text = printed_by(PROGRAM, *command, "--help")
            for word in words:
                if word.startswith("--"):
                    self.assertIn(word, text, words)
            self.assertIn("Usage:", text, words)

    def test_what_it_names_is_there(self):
        text = PAPER.read_text()
        core = stacks.read_template(stacks.DEPLOY / "core.yaml")
        alarms = {name for name, one in core["Resources"].items()
                  if one["Type"] == "AWS::CloudWatch::Alarm"}
        table = text[text.index("| alarm | look at |"):text.index("A dead letter")]
        named = {name.strip() for row in re.findall(r"^\| ([A-Z][\w, ]+) \|", table, re.MULTILINE)
                 for name in row.split(",")}
        self.assertEqual(named, alarms)
