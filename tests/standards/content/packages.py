"""Small packages of QTI, Common Cartridge, H5P, Open edX, Oppia and Perseus, written for the tests."""

from __future__ import annotations

import json
from typing import Any

from tests.standards.content.files import png, zipped

RIGHTS = (
    "<lom><general><title><string>Halves</string></title></general><rights><description><string>CC BY 4.0</string></description>"
    "</rights></lom>"
)
NAME = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"'
MANIFEST = f"<manifest {NAME}><metadata>{RIGHTS}</metadata><resources/></manifest>"


def label(key: str, text: str) -> str:
    return f'<response_label ident="{key}"><material><mattext texttype="text/html">{text}</mattext></material></response_label>'


def lid(key: str, labels: dict[str, str], how: str = "Single", asked: str = "") -> str:
    shown = f"<material><mattext>{asked}</mattext></material>" if asked else ""
    inner = "".join(label(k, text) for k, text in labels.items())
    return (
        f'<response_lid ident="{key}" rcardinality="{how}">{shown}<render_choice>{inner}</render_choice></response_lid>'
    )


def rule(condition: str, score: int = 100, action: str = "Set", more: str = "") -> str:
    scored = f'<setvar action="{action}" varname="SCORE">{score}</setvar>'
    return f"<respcondition><conditionvar>{condition}</conditionvar>{scored}{more}</respcondition>"


def equal(key: str, value: str) -> str:
    return f'<varequal respident="{key}">{value}</varequal>'


def item1(key: str, kind: str, responses: str, rules: str, more: str = "") -> str:
    fields = (
        f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>"
    )
    asked = f'<material><mattext texttype="text/html">&lt;p&gt;Asked {key}&lt;/p&gt;</mattext></material>'
    return (
        f'<item ident="{key}" title="{key}"><itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata>'
        f"<presentation>{asked}{responses}</presentation><resprocessing><outcomes/>{rules}</resprocessing>{more}</item>"
    )


AB = {"a": "half", "b": "third", "c": "quarter"}
TYPED = '<response_str ident="r" rcardinality="Single"><render_fib/></response_str>'
BANK = '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment title="Halves"><section ident="s">'
QTI1 = f"""{BANK}{"".join((
    item1("one", "multiple_choice_question", lid("r", AB), rule(equal("r", "a"))
          + '<respcondition continue="Yes"><conditionvar><varequal respident="r">b</varequal></conditionvar>'
            '<displayfeedback linkrefid="fb"/></respcondition>',
          '<itemfeedback ident="fb"><material><mattext>Look again.</mattext></material></itemfeedback>'),
    item1("many", "multiple_answers_question", lid("r", AB, "Multiple"),
          rule(f"<and>{equal('r', 'a')}<not>{equal('r', 'b')}</not>{equal('r', 'c')}</and>")),
    item1("pairs", "matching_question", lid("p1", AB, asked="1/2") + lid("p2", AB, asked="1/4"),
          rule(equal("p1", "a"), 50, "Add") + rule(equal("p2", "c"), 50, "Add")),
    item1("typed", "short_answer_question", TYPED, rule(equal("r", "Half") + equal("r", "one half"))),
    item1("number", "numerical_question", TYPED.replace("<render_fib/>", '<render_fib fibtype="Decimal"/>'), rule(
        "<or>" + equal("r", "0.5") + '<and><vargte respident="r">0.4</vargte><varlte respident="r">0.6</varlte></and></or>')),
    item1("essay", "essay_question", TYPED, ""),
))}</section></assessment></questestinterop>"""  # fmt: skip


def item2(key: str, declared: str, body: str, more: str = "") -> str:
    return (
        f'<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="{key}" title="{key}">{declared}'
        f"<itemBody><p>Asked {key}</p>{body}</itemBody>{more}</assessmentItem>"
    )


def declare(cardinality: str, kind: str, *values: str) -> str:
    inner = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{kind}"><correctResponse>{inner}'
        "</correctResponse></responseDeclaration>"
    )


def simple(tag: str = "simpleChoice") -> str:
    return "".join(f'<{tag} identifier="{k}">{text}</{tag}>' for k, text in AB.items())


R = 'responseIdentifier="RESPONSE"'
NEAR = (
    '<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.1 0.1"><variable '
    'identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal></responseIf></responseCondition></responseProcessing>'
)
ASSOCIATED = "".join(
    f'<simpleAssociableChoice identifier="{k}" matchMax="1">{t}</simpleAssociableChoice>' for k, t in AB.items()
)
LEFT = "".join(f'<simpleAssociableChoice identifier="p{k}" matchMax="1">{t}</simpleAssociableChoice>'
               for k, t in ((1, "1/2"), (2, "1/4")))  # fmt: skip
ITEMS2 = {
    "one": item2("one", declare("single", "identifier", "a"),
                 f'<choiceInteraction {R} maxChoices="1">{simple()}</choiceInteraction>'),
    "many": item2("many", declare("multiple", "identifier", "a", "c"),
                  f'<choiceInteraction {R} maxChoices="0">{simple()}</choiceInteraction>'),
    "pairs": item2("pairs", declare("multiple", "directedPair", "p1 a", "p2 c"),
                   f"<matchInteraction {R}><simpleMatchSet>{LEFT}</simpleMatchSet><simpleMatchSet>{ASSOCIATED}</simpleMatchSet>"
                   "</matchInteraction>"),
    "typed": item2("typed", declare("single", "string", "Half", "one half"), f"<p><textEntryInteraction {R}/></p>"),
    "number": item2("number", declare("single", "float", "0.5"), f"<p><textEntryInteraction {R}/></p>", NEAR),
    "inline": item2("inline", declare("single", "identifier", "a"),
                    f"<p>A <inlineChoiceInteraction {R}>{simple('inlineChoice')}</inlineChoiceInteraction> of two.</p>"),
    "order": item2("order", declare("ordered", "identifier", "c", "b", "a"),
                   f"<orderInteraction {R}>{simple()}</orderInteraction>"),
    "gaps": item2("gaps", declare("multiple", "directedPair", "a g1", "c g2"),
                  f'<gapMatchInteraction {R}>{simple("gapText")}<p>Two of a <gap identifier="g1"/> and four of a '
                  '<gap identifier="g2"/>.</p></gapMatchInteraction>'),
    "essay": item2("essay", declare("single", "string"), f"<extendedTextInteraction {R}/>"),
    "own": item2("own", declare("single", "identifier", "a"), f"<choiceInteraction {R}>{simple()}</choiceInteraction>",
                 "<responseProcessing><responseCondition><responseIf><customOperator/></responseIf></responseCondition>"
                 "</responseProcessing>"),
}  # fmt: skip
QTI3 = (
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="three" title="three">'
    '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response>'
    "<qti-value>a</qti-value></qti-correct-response></qti-response-declaration><qti-item-body><p>Asked three</p>"
    '<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Which?</qti-prompt>'
    + "".join(f'<qti-simple-choice identifier="{k}">{t}</qti-simple-choice>' for k, t in AB.items())
    + "</qti-choice-interaction></qti-item-body>"
    '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>'
    "</qti-assessment-item>"
)
WEB_LINK = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>Fractions</title><url href="{}"/></webLink>'


def qti1() -> bytes:
    return zipped({"imsmanifest.xml": MANIFEST, "bank/bank.xml": QTI1})


def qti2() -> bytes:
    return zipped({"imsmanifest.xml": MANIFEST} | {f"items/{key}.xml": item for key, item in ITEMS2.items()})


def cartridge() -> bytes:
    files = {"imsmanifest.xml": MANIFEST, "q/q.xml": QTI1, "l/good.xml": WEB_LINK.format("https://example.org/halves")}
    return zipped(files | {"l/bad.xml": WEB_LINK.format("javascript:alert(1)"), "wiki/page.html": "<p>Read</p>"})


def h5p() -> bytes:
    index = {"title": "Halves", "mainLibrary": "H5P.Column", "license": "CC BY", "licenseVersion": "4.0"}
    mine = [
        ("MultiChoice 1.16", {"question": "<p>Which is even?</p>", "answers": [
            {"text": "2", "correct": True}, {"text": "3", "correct": False, "tipsAndFeedback": {"chosenFeedback": "Odd."}}],
            "media": {"type": {"params": {"file": {"path": "images/half.png"}, "alt": "two"}}}}),
        ("TrueFalse 1.8", {"question": "Half of 4 is 2.", "correct": "true"}),
        ("Blanks 1.14", {"text": "<p>Fill in</p>", "questions": ["<p>Half of *ten/10:a number* is *five/5*.</p>"]}),
        ("DragText 1.10", {"taskDescription": "Drag", "textField": "A *half* is more than a *quarter*.", "distractors": "*all*"}),
        ("SingleChoiceSet 1.11", {"choices": [{"question": "1+1?", "answers": ["2", "3"]},
                                              {"question": "2+2?", "answers": ["4", "5"]}]}),
        ("SortParagraphs 0.11", {"taskDescription": "Order", "paragraphs": ["first", "second", "third"]}),
        ("Essay 1.5", {"taskDescription": "Write"}),
    ]  # fmt: skip
    content = {"content": [{"content": {"library": f"H5P.{kind}", "params": params, "subContentId": f"id-{n}"}}
                           for n, (kind, params) in enumerate(mine)]}  # fmt: skip
    return zipped(
        {"h5p.json": json.dumps(index), "content/content.json": json.dumps(content), "content/images/half.png": png()}
    )


OLX = {
    "course/problem/a.xml": '<problem display_name="A"><multiplechoiceresponse><label>Which?</label><choicegroup><choice correct='
    '"true">half</choice><choice correct="false">third<choicehint>Too small.</choicehint></choice></choicegroup>'
    "</multiplechoiceresponse><demandhint><hint>Think of two.</hint></demandhint><solution><p>Because.</p></solution></problem>",
    "course/problem/b.xml": '<problem display_name="B"><p>Typed</p><stringresponse answer="half" type="ci"><additional_answer '
    'answer="one half"/><textline/></stringresponse></problem>',
    "course/problem/c.xml": '<problem display_name="C"><numericalresponse answer="200"><responseparam type="tolerance" '
    'default="5%"/><formulaequationinput/></numericalresponse></problem>',
    "course/problem/d.xml": '<problem display_name="D"><script type="loncapa/python">a = 1</script><customresponse/></problem>',
    "course/problem/._a.xml": "\0\0\0",
    "course/course/2026.xml": '<course display_name="Halves"/>',
}


def perseus_item(widgets: dict[str, dict[str, Any]], content: str) -> str:
    return json.dumps(
        {
            "question": {"content": content, "widgets": widgets, "images": {}},
            "hints": [{"content": "Use $\\blueD{2}$."}],
        }
    )


PERSEUS = {
    "radio.json": perseus_item({"radio 1": {"type": "radio", "graded": True, "options": {"choices": [
        {"content": "$\\frac12$", "correct": True}, {"content": "\\$5", "correct": False, "clue": "No money."}]}}},
        "**Which** is half?\n\n![one](http://x/y.png)\n[[☃ radio 1]]"),
    "number.json": perseus_item({"numeric-input 1": {"type": "numeric-input", "options": {"answers": [
        {"value": 0.3333333333333333, "status": "correct", "maxError": None}, {"value": 3, "status": "wrong"}]}}},
        "A third: [[☃ numeric-input 1]]"),
    "expr.json": perseus_item({"expression 1": {"type": "expression", "options": {"answerForms": [
        {"value": "2x+1", "considered": "correct"}]}}}, "Simplify [[☃ expression 1]]"),
    "graph.json": perseus_item({"interactive-graph 1": {"type": "interactive-graph", "options": {}}},
                                "Draw [[☃ interactive-graph 1]]"),
}  # fmt: skip


def state(
    kind: str, groups: list[tuple[bool, str, dict[str, Any], str]], arguments: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "content": {"html": f"<p>Asked {kind}</p>"},
        "interaction": {
            "id": kind,
            "customization_args": {name: {"value": value} for name, value in (arguments or {}).items()},
            "answer_groups": [
                {"rule_specs": [{"rule_type": rule_, "inputs": given}],
                 "outcome": {"labelled_as_correct": right, "feedback": {"html": f"<p>{says}</p>"}}}
                for right, rule_, given, says in groups
            ],
            "hints": [{"hint_content": {"html": "<p>Think of two.</p>"}}],
            "solution": None,
        },
    }  # fmt: skip


HTML = [{"content_id": key, "html": f"<p>{text}</p>"} for key, text in AB.items()]
OPPIA = json.dumps({"exploration": {"title": "Halves", "states": {
    "go": state("Continue", []),
    "choose": state("MultipleChoiceInput", [(True, "Equals", {"x": 0}, "Yes"), (False, "Equals", {"x": 1}, "Too small.")],
                    {"choices": HTML}),
    "pick": state("ItemSelectionInput", [(True, "Equals", {"x": ["a", "c"]}, "Yes")],
                  {"choices": HTML, "maxAllowableSelectionCount": 3}),
    "part": state("FractionInput", [
        (True, "IsEquivalentTo", {"f": {"wholeNumber": 0, "numerator": 1, "denominator": 2, "isNegative": False}}, "Yes"),
        (False, "IsExactlyEqualTo", {"f": {"wholeNumber": 0, "numerator": 2, "denominator": 1, "isNegative": False}},
         "Upside down.")]),
    "words": state("TextInput", [(True, "Equals", {"x": {"normalizedStrSet": ["half", "one half"]}}, "Yes"),
                                 (True, "Contains", {"x": {"normalizedStrSet": ["hal"]}}, "Yes")]),
    "ratio": state("RatioExpressionInput", [(True, "Equals", {"x": [1, 2]}, "Yes")]),
    "algebra": state("AlgebraicExpressionInput", [(True, "IsEquivalentTo", {"x": "2*x+1"}, "Yes")], {"customOskLetters": ["x"]}),
    "sort": state("DragAndDropSortInput", [(True, "IsEqualToOrdering", {"x": [["c"], ["b"], ["a"]]}, "Yes")], {"choices": HTML}),
    "click": state("ImageClickInput", []),
}}})  # fmt: skip


LINKS = (
    "title,address,kind,good_for,skill,minutes,language,licence,source,seen,group\n"
    "Halves in a film,https://youtu.be/aqz-KE-bpKQ,,worked,3.NF.A.1,4,en,CC BY 4.0,A school,2026-03-12,Halves\n"
    "A page,http://example.org/halves,link,,,,,CC BY 4.0,,,\n"
)
"""A table of a video and a page."""
MOODLE_URL = (
    '<activity id="1" moduleid="{0}" modulename="url" contextid="3"><url id="1"><name>Page {0}</name><intro></intro>'
    "<externalurl>{1}</externalurl></url></activity>"
)
VIDEO = '<video url_name="{0}" display_name="Film {0}" {1}><video_asset duration="185.0"/></video>'
