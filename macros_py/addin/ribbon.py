"""The Excel ribbon as customUI XML, drawn from the table of actions."""

from xml.etree import ElementTree as ET

from macros_py.actions import Action, Group, Table

# The schema of Excel 2010 and later, on Windows and on the Mac.
NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"

#: The macro behind every button, module first so that no other add-in can answer for it.
CALLBACK = "SoNguon.OnAction"


def ribbon(table: Table) -> bytes:
    """The part `customUI/customUI14.xml`: one tab, its groups, one button per action."""
    root = ET.Element("customUI", xmlns=NAMESPACE)
    tabs = ET.SubElement(ET.SubElement(root, "ribbon"), "tabs")
    tab = ET.SubElement(tabs, "tab", id="songuon", label=table.title)
    for group in table.groups:
        _draw(tab, group, table.of(group))
    drawn: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return drawn


def _draw(tab: ET.Element, group: Group, actions: tuple[Action, ...]) -> None:
    drawn = ET.SubElement(tab, "group", id=f"songuon_group_{group.id}", label=group.label)
    for action in actions:
        look = {
            "id": f"songuon_{action.tag}",
            "tag": action.tag,
            "label": action.label,
            "screentip": action.label,
            "supertip": action.tip,
            "imageMso": action.icon,
            "size": "large" if action.large else "normal",
            "onAction": CALLBACK,
        }
        ET.SubElement(drawn, "button", look)
