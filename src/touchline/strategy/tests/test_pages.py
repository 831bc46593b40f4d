"""Pages, files, endpoints and commands of strategy."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO

import msgspec
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from pptx import Presentation
from pypdf import PdfReader

import touchline
from touchline.cli.main import commands
from touchline.improvements import facade as improvements
from touchline.improvements.facade import Improvement
from touchline.strategy import facade
from touchline.strategy.facade import StrategyError, StrategyResult

PAGES = ("", "/inventory", "/gaps", "/gaps/new", "/proposals", "/roadmap", "/review", "/pack")


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_every_page_of_an_empty_workspace_says_what_is_missing(client):
    said = {page: text_of(client.get(f"/strategy{page}")) for page in PAGES}

    assert "There are no data yet." in said[""]
    assert "Nothing is in the inventory yet." in said["/inventory"]
    assert "No gap is proposed" in said["/gaps"]
    assert "No improvement waits on the backlog." in said["/proposals"]
    assert "Nothing to place yet" in said["/roadmap"]
    assert "No audit was closed up to the end of this quarter." in said["/review"]
    assert "No proposal can be ranked yet." in said["/pack"]


def test_the_audit_is_answered_lenses_show_their_limits_and_it_is_closed(asking, shop):
    page = text_of(asking.get("/strategy"))
    assert "It is a way of seeing, too general to be wrong" in page
    assert "Use after the purchase" not in page

    asking.post("/strategy/lenses", {"lens": ["service_dominant_logic"]})
    told = {
        "answer-service_dominant_logic.in_use": "not at all",
        "note-service_dominant_logic.in_use": "We never ask.",
        "who": "Mia",
    }
    assert asking.post("/strategy/answers", told)["Location"] == "/strategy#answers"
    page = text_of(asking.get("/strategy"))
    assert "1 not at all; 4 of 5 not answered" in page
    assert "Mia, " in page
    assert "Set one" not in page

    assert "There is nothing to close" not in text_of(asking.post("/strategy/close", {"close-who": "Mia"}, follow=True))
    assert "Audit 1, closed on" in text_of(asking.get("/strategy"))
    assert "Use after the purchase is seen and measured." in text_of(asking.get("/strategy/gaps"))


def test_target_gap_improvement_quarter_decision(asking, shop):
    asking.post("/strategy/target", {"target": "50"})
    assert "below the target of +50" in text_of(asking.get("/strategy/gaps"))
    refused = asking.post(
        "/strategy/gaps/decide", {"evidence": "experience:payment", "state": "dismissed"}, follow=True
    )
    assert "Dismissing a gap needs a reason" in text_of(refused)
    asking.post("/strategy/gaps/decide", {"evidence": "experience:payment", "state": "kept"})

    improvements.make_case(shop, Improvement(0, "Say why", touchpoint_id="payment", effort_days=4))
    form = {"place": "Payment", "what_is": "Too low", "owner": "Tom", "improvement": "1", "state": "kept"}
    assert asking.post("/strategy/gaps/1", form)["Location"] == "/strategy/gaps"
    page = text_of(asking.get("/strategy/gaps"))
    assert "Too low" in page
    assert "Say why" in page
    assert asking.post("/strategy/gaps/1", form | {"what_is": ""}).status_code == 400

    quarter = str(facade.quarter_asked(""))
    asking.post("/strategy/roadmap", {"improvement": "1", "quarter": quarter})
    assert "4 days planned; no team’s days are in the inventory" in text_of(asking.get("/strategy/roadmap"))
    asking.post(f"/strategy/review?quarter={quarter}", {"text": "Go.", "who": "Board"})
    page = text_of(asking.get(f"/strategy/review?quarter={quarter}"))
    assert "1 opened, 0 closed." in page
    assert "Board: Go." in page


def test_the_inventory_is_kept_changed_and_taken_in(asking):
    asking.post("/strategy/inventory", {"kind": "team", "name": "Crew", "serves": ["payment"], "days_a_quarter": "12"})
    asking.post("/strategy/inventory/1", {"kind": "team", "name": "Checkout crew", "days_a_quarter": "20"})
    assert asking.get("/strategy/inventory.csv").content.decode().splitlines()[1] == "team,Checkout crew,,,,20,"
    table = SimpleUploadedFile("more.csv", b"kind,name\ntool,Survey tool\n")
    said = text_of(asking.post("/strategy/inventory/import", {"table": table}, follow=True))
    assert "Took in 1 line." in said
    assert "Tools that serve no touchpoint: Survey tool." in said
    wrong = SimpleUploadedFile("more.csv", "kind,name\ntool,Übung\n".encode("latin-1"))
    assert "not text in UTF-8" in text_of(asking.post("/strategy/inventory/import", {"table": wrong}, follow=True))
    asking.post("/strategy/inventory/2", {"remove": "1"})
    assert asking.get("/strategy/inventory/2").status_code == 404


def test_the_pack_leaves_as_slides_with_charts_as_pdf_with_links_and_as_markdown(asking, shop):
    slides = Presentation(BytesIO(asking.get("/strategy/pack.pptx").content)).slides
    assert any(shape.has_chart for slide in slides for shape in slide.shapes)
    pdf = PdfReader(BytesIO(asking.get("/strategy/pack.pdf").content))
    links = [each.get_object()["/A"]["/URI"] for sheet in pdf.pages for each in sheet.get("/Annots", ())]
    assert any("/?touchpoint=payment" in link for link in links)
    markdown = asking.get("/strategy/pack.md").content.decode()
    assert markdown.startswith("# Fernhill Outdoor: board pack Q")
    assert re.search(r"\| \[Payment\]\(http://[^)]*/\?touchpoint=payment\) \| \[100% \(95% interval", markdown)


def test_what_is_not_there_is_not_found(client):
    for address in ("/strategy/gaps/9", "/strategy/inventory/9", "/strategy/pack.doc", "/strategy/pack?quarter=soon"):
        assert client.get(address).status_code == 404
    assert client.get("/api/v1/strategy/reviews/soon").status_code == 404
    assert "is not a quarter such as 2026-Q4" in text_of(client.get("/strategy/review?quarter=soon"))


def test_other_programs_get_the_same(asking, shop):
    facade.set_target(shop, 50)
    asked = {
        name: json.loads(asking.get(f"/api/v1/strategy/{name}").content)
        for name in ("audit", "gaps", "proposals", "roadmap")
    }
    review = json.loads(asking.get("/api/v1/strategy/reviews/2026-Q4").content)

    line = next(each for each in asked["audit"]["scorecard"]["lines"] if each["touchpoint"] == "payment")
    assert (line["customers"], line["answers"], asked["audit"]["target"]) == (60, 240, 50)
    assert [each["evidence"] for each in asked["gaps"]["gaps"]] == ["experience:payment"]
    assert asked["proposals"] == {"proposals": []}
    assert len(asked["roadmap"]["quarters"]) == 6
    assert review["moved_why"] == "No audit was closed up to the end of this quarter."


@pytest.fixture
def run(shop):
    folder = shop.folder
    shop.close()

    def run(*arguments: str):
        return CliRunner().invoke(commands(), ["-w", str(folder), "strategy", *arguments], env={"COLUMNS": "200"})

    run.folder = folder
    return run


def test_the_whole_chain_in_a_terminal(run, tmp_path):
    audit = run(
        "audit",
        "--answer",
        "people.owner=partly",
        "--who",
        "Mia",
        "--target",
        "50",
        "--lens",
        "experience_economy",
        "--close",
    )
    assert audit.exit_code == 0, audit.output
    assert "Closed audit 1." in audit.output
    assert "Lens “Experience economy”: It was made from cases" in audit.output
    assert "Kept as gap 1." in run("gaps", "--keep", "experience:payment", "--owner", "Mia").output
    table = tmp_path / "inventory.csv"
    table.write_text("kind,name,days_a_quarter\nteam,Crew,30\n", "utf-8")
    assert "Teams have 30 days of work a quarter." in run("inventory", "--import", str(table)).output
    assert "No improvement waits on the backlog." in run("proposals").output
    assert "No improvement has a quarter yet." in run("roadmap").output
    assert "Board: Go on." in run("review", "--decide", "Go on.", "--who", "Board").output
    packed = run("pack", "--md", str(tmp_path / "pack.md"), "--site", "https://cx.example/")
    assert "Wrote" in packed.output
    assert "(https://cx.example/strategy/gaps/1)" in (tmp_path / "pack.md").read_text("utf-8")

    with touchline.open(run.folder) as opened:
        told = opened.strategy()
        assert [each.owner for each in told.gaps.gaps if each.state == "kept"] == ["Mia"]
        assert [each.text for each in opened.quarterly_review().decisions] == ["Go on."]
        assert msgspec.json.decode(msgspec.json.encode(told), type=StrategyResult) == told
        with pytest.raises(StrategyError, match="“soon” is not a quarter"):
            opened.quarterly_review("soon")


def test_what_cannot_be_meant_is_a_sentence(run):
    for arguments, said in (
        (("audit", "--answer", "people.owner"), "“people.owner” is not of the form NAME=VALUE"),
        (("audit", "--answer", "people.owner=so so"), "There is no answer “so so”"),
        (("audit", "--lens", "x"), "There is no lens “x”"),
        (("audit", "--target", "high"), "“high” is not a score from −100 to 100"),
        (("audit", "--target", "101"), "from −100 to +100, found 101"),
        (("gaps", "--keep", "pain:x"), "No gap is proposed by “pain:x”. None is proposed at all."),
        (("roadmap", "--put", "9=2026-Q4"), "There is no improvement 9."),
        (("review", "--quarter", "soon"), "“soon” is not a quarter such as 2026-Q4."),
    ):
        answer = run(*arguments)
        assert answer.exit_code == 2
        assert said in " ".join(answer.output.split())
