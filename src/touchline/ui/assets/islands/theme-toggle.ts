// <theme-toggle>: switches between light and dark and remembers the choice in this browser.
class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button) return;
    this.hidden = false;
    this.say(button);
    button.addEventListener("click", () => {
      const next = this.isDark() ? "light" : "dark";
      document.documentElement.dataset.theme = next;
      localStorage.setItem("touchline-theme", next);
      this.say(button);
    });
  }

  private isDark(): boolean {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  private say(button: HTMLButtonElement): void {
    button.setAttribute("aria-pressed", String(this.isDark()));
  }
}

customElements.define("theme-toggle", ThemeToggle);
