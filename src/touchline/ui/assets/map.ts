// <journey-map>: moves between touchpoints with the arrow keys, opens their panel without a new page, and keeps the
// names of the rows in sight. Without it every touchpoint is a plain link to the same map with its panel open.
class JourneyMap extends HTMLElement {
  private opened = 0;

  connectedCallback(): void {
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("click", (event) => this.onClick(event));
    for (const kind of ["mouseover", "focusin"]) this.addEventListener(kind, (event) => this.readOut(event.target));
    addEventListener("popstate", () => void this.load(location.href, false));
    this.follow();
    this.show(this.querySelector<SVGAElement>("a.touchpoint[aria-current]"));
  }

  private touchpoints(): SVGAElement[] {
    return [...this.querySelectorAll<SVGAElement>("a.touchpoint")];
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      if ((event.target as Element).closest("form")) return; // words being typed must not vanish with the panel
      const close = this.querySelector<HTMLAnchorElement>(".panel-close");
      if (close) void this.close(close);
      return;
    }
    const all = this.touchpoints();
    const here = all.indexOf(document.activeElement as unknown as SVGAElement);
    if (here < 0) return;
    const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, next))]?.focus();
    this.show(document.activeElement as unknown as SVGAElement);
  }

  private onClick(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = (event.target as Element).closest("a");
    if (!link) return;
    if (link.matches(".panel-close")) {
      event.preventDefault();
      void this.close(link as HTMLAnchorElement);
    } else if (link.matches("a.touchpoint, [data-step]") && this.querySelector(".journey-map")) {
      event.preventDefault();
      void this.open(link.getAttribute("href") ?? "");
    }
  }

  private async open(address: string): Promise<void> {
    if (await this.load(address, true)) this.querySelector<HTMLElement>(".panel")?.focus();
  }

  private async close(link: HTMLAnchorElement): Promise<void> {
    const before = this.querySelector("a.touchpoint[aria-current]")?.getAttribute("data-touchpoint");
    if (!(await this.load(link.href, true))) return;
    this.touchpoints().find((each) => each.dataset.touchpoint === before)?.focus();
  }

  // The server draws the map with the panel; only the newest answer counts.
  private async load(address: string, isNew: boolean): Promise<boolean> {
    const turn = ++this.opened;
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) {
      location.assign(address);
      return false;
    }
    const part = await answer.text();
    if (turn !== this.opened) return false;
    const scrolled = this.querySelector(".map-scroll")?.scrollLeft ?? 0;
    this.innerHTML = part;
    const scroll = this.querySelector(".map-scroll");
    if (scroll) scroll.scrollLeft = scrolled;
    if (isNew) history.pushState(null, "", address);
    this.follow();
    this.show(this.querySelector<SVGAElement>("a.touchpoint[aria-current]"));
    return true;
  }

  // Row names move along when the map scrolls sideways.
  private follow(): void {
    const scroll = this.querySelector<HTMLElement>(".map-scroll");
    const drawing = scroll?.querySelector<SVGSVGElement>(".journey-map");
    const labels = drawing?.querySelector(".row-labels");
    if (!scroll || !drawing || !labels) return;
    const place = () => {
      const scale = drawing.clientWidth / drawing.viewBox.baseVal.width || 1;
      labels.setAttribute("transform", `translate(${scroll.scrollLeft / scale},0)`);
    };
    scroll.addEventListener("scroll", place, { passive: true });
    place();
  }

  // Scrolls a column out from under the row names.
  private show(column: SVGAElement | null): void {
    const scroll = this.querySelector<HTMLElement>(".map-scroll");
    const labels = this.querySelector(".row-labels")?.getBoundingClientRect();
    if (!column || !scroll || !labels) return;
    const box = column.getBoundingClientRect();
    const frame = scroll.getBoundingClientRect();
    if (box.left < labels.right) scroll.scrollLeft -= labels.right - box.left + 8;
    else if (box.right > frame.right) scroll.scrollLeft += box.right - frame.right + 8;
  }

  private readOut(target: EventTarget | null): void {
    const column = (target as Element | null)?.closest("a.touchpoint");
    const readout = this.querySelector(".map-readout");
    if (column && readout) readout.textContent = column.getAttribute("aria-label");
  }
}

customElements.define("journey-map", JourneyMap);
