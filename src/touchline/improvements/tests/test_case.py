"""The one page of an improvement that a pain stands behind, in every form it leaves the product."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pptx import Presentation
from pypdf import PdfReader

from touchline.documents.exports.catalogue import WRITERS
from touchline.documents.exports.markdown import write_markdown
from touchline.documents.exports.pdf import write_pdf
from touchline.documents.exports.pptx import write_pptx
from touchline.formulas.money_at_stake import Amount
from touchline.improvements import facade
from touchline.improvements.actions.launching import promise
from touchline.improvements.questions import cases, facts
from touchline.improvements.rules.improvement import Improvement
from touchline.improvements.writing import written_case
from touchline.pains.tests.sample import DECLINED, QUOTES, RAGE

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def known(monkeypatch):
    """Pains computed by hand: what pains say is not what is tried here."""
    found = {each.id: each for each in (DECLINED, RAGE)}
    for module in (cases, facts):
        monkeypatch.setattr(module, "pain", lambda workspace, id_: found[id_])
    monkeypatch.setattr(cases, "quotes_of", lambda workspace, id_, most: QUOTES[:most])
    return found


@pytest.fixture
def document(page_workspace, known):
    proposed = replace(facade.propose(page_workspace, DECLINED.id), cost=50_000, effort_days=20, owner="Mia")
    made = facade.make_case(page_workspace, proposed)
    return written_case(facade.case(page_workspace, made.number))


def section(document, id_):
    return next(each for each in document.sections if each.id == id_)


def test_a_case_is_filled_from_its_pain(page_workspace, known):
    proposed = facade.propose(page_workspace, DECLINED.id)

    assert proposed.title == "Fix “Payment: an error was shown”"
    assert proposed.target.words == "Share of bad visits to Payment"
    assert proposed.law.startswith("WCAG 2.2, guideline 3.3")
    assert proposed.risks[0].startswith("What sufferers lost may have another cause")


def test_the_promise_is_the_loss_times_what_is_taken_away(known):
    # 18,600 a month (80 %: 15,100 to 22,400), of which 30 to 70 % go away: half of it in the middle.
    promised, currency = promise(DECLINED, Improvement(1, "x", removes=(0.3, 0.7)), reached=1.0)
    half, _ = promise(DECLINED, Improvement(1, "x", removes=(0.3, 0.7)), reached=0.5)

    assert currency == "EUR"
    assert promised.median == pytest.approx(9_300, rel=0.03)
    assert promised.low == pytest.approx(5_500, rel=0.05)
    assert half.median == pytest.approx(promised.median / 2)


def test_a_pain_whose_check_failed_promises_nothing(page_workspace, known):
    assert promise(RAGE, Improvement(1, "x"), 1.0) == (None, "")
    made = facade.make_case(page_workspace, facade.propose(page_workspace, RAGE.id))

    money = section(written_case(facade.case(page_workspace, made.number)), "money")

    assert money.facts == ()
    assert "It enters no sum" in money.said[0].sentence


def test_the_page_says_how_many_how_bad_what_it_costs_and_whether_it_pays(document):
    state, money = section(document, "state"), section(document, "money")

    assert document.sentence == DECLINED.claim_sentence
    assert (document.grade, document.wording) == ("C", "is associated, after adjustment, with")
    assert state.said[0].sentence.startswith("How many: 1,860 of 7,900 visits, 23.5%")
    assert "sufferers score −38 points" in state.said[1].sentence
    assert state.quotes
    figures = {fact.name: fact.value for fact in money.facts}
    assert figures["It costs a month"] == "€18.6k"
    assert money.facts[0].note == "if causal; 80% between €15.1k and €22.4k"
    assert figures["Paid back after"] == "6 months"  # 50,000 ÷ about 9,300 a month, discounted
    assert figures["Chance that it pays"] == "99%"


def test_every_figure_of_the_evidence_leads_somewhere(document):
    for id_ in ("state", "money"):
        assert all(each.link.startswith("/pains/payment~errors") for each in section(document, id_).said if each.link)
    assert section(document, "money").facts[0].link == "/pains/payment~errors#what-it-costs"


def test_markdown_names_the_evidence_and_cannot_be_broken_by_texts(document):
    strange = replace(document, title="Fix *this* | <b>now</b> [x](y)")
    written = write_markdown(strange, SITE)

    assert written.startswith("# Fix \\*this\\* \\| \\<b\\>now\\</b\\> \\[x\\](y)\n")
    assert f"[€18.6k]({SITE}/pains/payment~errors#what-it-costs)" in written
    assert "## How it will be measured" in written


def test_the_case_is_one_page_before_the_launch(document):
    assert len(PdfReader(BytesIO(write_pdf(document))).pages) == 1


def test_the_pdf_holds_the_page_with_links_to_the_evidence(document):
    pages = PdfReader(BytesIO(write_pdf(document, SITE))).pages
    text = " ".join(page.extract_text() for page in pages)
    links = [each.get_object()["/A"]["/URI"] for page in pages for each in page.get("/Annots", [])]

    assert "18.6k" in text
    assert f"{SITE}/pains/payment~errors#what-it-costs" in links
    assert not [page for page in PdfReader(BytesIO(write_pdf(document))).pages if "/Annots" in page]


def test_the_slides_have_charts_that_can_be_edited(document):
    slides = Presentation(BytesIO(write_pptx(document, SITE))).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    tables = [shape for slide in slides for shape in slide.shapes if shape.has_table]

    assert slides[0].shapes.title.text_frame.text == "Fix “Payment: an error was shown”"
    assert charts[0].plots[0].series[0].values[0] == pytest.approx(18_600, rel=0.01)
    assert tables == []  # without data there is no plan to list ways of measuring in


def test_texts_that_no_file_format_knows_do_no_harm(document):
    strange = replace(document, title="a\x01b <b>&😀", sentence="\x02 ok \x0b")

    for suffix, (write, _) in WRITERS.items():
        assert write(strange, SITE), suffix


def test_the_backlog_ranks_by_what_is_sure(page_workspace, known):
    own = facade.make_case(page_workspace, Improvement(0, "Shorter form"))
    sure = facade.make_case(page_workspace, facade.propose(page_workspace, DECLINED.id))
    done = facade.set_status(page_workspace, facade.make_case(page_workspace, Improvement(0, "No")).number, "rejected")

    lines = facade.backlog(page_workspace)

    assert [line.improvement.number for line in lines] == [sure.number, own.number, done.number]
    assert isinstance(lines[0].promised, Amount)
