"""The templates of deploy/aws, read as CloudFormation reads them: parameters, conditions, the
intrinsic functions that they use, and what one stack exports to another.

What is no plain value becomes one of the caller's (`physical`): the name that a resource has here.
"""

import pathlib
import re
import sys

import emulators

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy" / "aws"
PSEUDO = {"AWS::Region": "eu-west-1", "AWS::AccountId": "123456789012", "AWS::Partition": "aws",
          "AWS::URLSuffix": "amazonaws.com", "AWS::NoValue": None}
REFERENCE = re.compile(r"\$\{(!?)([^}]+)\}")


def yaml_module():
    """Of the emulators' folder: it is no part of Debian's Python."""
    for folder in (emulators.VENV / "lib").glob("python3*/site-packages"):
        if str(folder) not in sys.path:
            sys.path.append(str(folder))
    import yaml
    return yaml


def read_template(file):
    """A template as plain values; !Sub becomes {"Fn::Sub": …}, as in its JSON form."""
    yaml = yaml_module()

    class Loader(yaml.SafeLoader):
        pass

    def short_form(loader, suffix, node):
        if isinstance(node, yaml.ScalarNode):
            value = loader.construct_scalar(node)
        elif isinstance(node, yaml.SequenceNode):
            value = loader.construct_sequence(node, deep=True)
        else:
            value = loader.construct_mapping(node, deep=True)
        if suffix == "GetAtt" and isinstance(value, str):
            value = value.split(".", 1)
        return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}

    Loader.add_multi_constructor("!", short_form)
    return yaml.load(file.read_text(), Loader)


class Stack:
    """A template with its parameters. physical(stack, logical, attribute) names a resource, where ""
    is Ref's attribute. exports: what other stacks give, by name."""

    def __init__(self, name, template, physical, parameters=None, exports=None):
        self.name, self.template, self.physical = name, template, physical
        self.exported = exports or {}
        self.parameters = {key: str(one.get("Default", "")) for key, one
                           in template.get("Parameters", {}).items()}
        unknown = set(parameters or {}) - set(self.parameters)
        if unknown:
            raise AssertionError(f"{name} has no parameters {unknown}")
        self.parameters.update(parameters or {})

    def of_type(self, kind):
        """The resources of a type that this stack has, with their properties, by logical name."""
        return {name: self.value(one.get("Properties", {}))
                for name, one in self.template["Resources"].items()
                if one["Type"] == kind and self.holds(one.get("Condition"))}

    def type_of(self, logical):
        return self.template["Resources"][logical]["Type"]

    def property(self, logical, name):
        """One property alone: a name may not depend on the rest."""
        return self.value(self.template["Resources"][logical]["Properties"][name])

    def exports(self):
        given = [one for one in self.template.get("Outputs", {}).values() if "Export" in one]
        return {self.value(one["Export"]["Name"]): one["Value"] for one in given
                if self.holds(one.get("Condition"))}

    def holds(self, condition):
        if condition is None:
            return True
        if isinstance(condition, str):
            return self.holds(self.template["Conditions"][condition])
        (function, given), = condition.items()
        if function == "Condition":
            return self.holds(given)
        if function == "Fn::Equals":
            return str(self.value(given[0])) == str(self.value(given[1]))
        parts = [self.holds(one) for one in given]
        return {"Fn::Not": not parts[0], "Fn::And": all(parts), "Fn::Or": any(parts)}[function]

    def value(self, node):
        """The node with every function worked out."""
        if isinstance(node, list):
            values = [self.value(one) for one in node]
            return [one for one in values if one is not None]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (name, given), = node.items()
            if name == "Ref":
                return self.reference(given)
            if name.startswith("Fn::"):
                return self.function(name[4:], given)
        values = {key: self.value(one) for key, one in node.items()}
        return {key: one for key, one in values.items() if one is not None}

    def reference(self, name):
        if name in self.parameters:
            return self.parameters[name]
        if name == "AWS::StackName":
            return self.name
        if name == "AWS::StackId":
            return f"arn:aws:cloudformation:eu-west-1:123456789012:stack/{self.name}/{self.name}"
        return PSEUDO[name] if name in PSEUDO else self.physical(self, name, "")

    def function(self, name, given):
        if name == "GetAtt":
            return self.physical(self, given[0], given[1])
        if name == "If":
            return self.value(given[1] if self.holds(given[0]) else given[2])
        if name == "Sub":
            text, own = (given, {}) if isinstance(given, str) else given
            return self.substituted(text, self.value(own))
        if name == "ImportValue":
            wanted = self.value(given)
            if wanted not in self.exported:
                raise AssertionError(f"{self.name} imports {wanted}, which nobody exports")
            owner, exported = self.exported[wanted]
            return owner.value(exported)
        return self.list_function(name, self.value(given))

    def list_function(self, name, given):
        if name == "Join":
            return given[0].join(given[1])
        if name == "Select":
            return given[1][int(given[0])]
        if name == "Split":
            return given[1].split(given[0])
        raise AssertionError(f"{self.name} uses Fn::{name}, which is not read here")

    def substituted(self, text, own):
        def one(found):
            literal, name = found.groups()
            if literal:
                return "${" + name + "}"
            if name in own:
                return str(own[name])
            if "." in name:
                return self.physical(self, *name.split(".", 1))
            return str(self.reference(name))
        return REFERENCE.sub(one, text)


def exports_of(stack):
    """As Stack takes them: the owner beside the value, which is worked out where it is used."""
    return {name: (stack, value) for name, value in stack.exports().items()}
