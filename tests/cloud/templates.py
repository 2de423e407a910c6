#!/usr/bin/python3
"""deploy/aws: the templates, held against what they promise, and made where moto can make them.

    build/cloud/venv/bin/python templates.py      under tests/cloud/emulators.py run

templates_edge     cfn-lint has nothing to say; the edge's functions are the files in edge/
templates_rights   each role's rights are those of its table, its settings those that are read
templates_told     what outlives the stack, what wakes whom, which alarms there are
templates_made     deploy/aws/up on moto, which prints what moto cannot make
templates_paper    docs/aws.md names nothing that is not there
"""

import sys
import unittest

import templates_edge
import templates_made
import templates_paper
import templates_rights
import templates_told

PARTS = (templates_edge, templates_rights, templates_told, templates_made, templates_paper)


def main():
    suite = unittest.TestSuite()
    for part in PARTS:
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(part))
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    wrong = [case for case, _ in result.failures + result.errors]
    failed = len({getattr(case, "test_case", case).id() for case in wrong})
    print(f"{result.testsRun - failed} passed, {failed} failed")
    return 0 if result.wasSuccessful() and result.testsRun else 1


if __name__ == "__main__":
    sys.exit(main())
