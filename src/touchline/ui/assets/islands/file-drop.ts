// <file-drop>: lets files be dropped on a plain upload form and shows how much of them has arrived.
// Without JavaScript the form inside still works: choose files, press the button.
class FileDrop extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const input = this.querySelector<HTMLInputElement>('input[type="file"]');
    if (!form || !input) return;
    for (const kind of ["dragenter", "dragover"]) {
      this.addEventListener(kind, (event) => {
        event.preventDefault();
        this.classList.add("is-over");
      });
    }
    for (const kind of ["dragleave", "drop"]) this.addEventListener(kind, () => this.classList.remove("is-over"));
    this.addEventListener("drop", async (event) => {
      event.preventDefault();
      const dropped = event.dataTransfer && (await filesOf(event.dataTransfer));
      if (!dropped?.length) return;
      input.files = dropped;
      this.send(form);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(form);
    });
  }

  // fetch cannot tell how much has been sent; XMLHttpRequest can.
  private send(form: HTMLFormElement): void {
    const status = this.querySelector<HTMLElement>("[data-status]");
    const bar = this.querySelector("progress");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (event) => {
      if (!bar || !status || !event.lengthComputable) return;
      bar.hidden = false;
      bar.max = event.total;
      bar.value = event.loaded;
      status.textContent = `Copied ${Math.round((100 * event.loaded) / event.total)}% into the workspace`;
    });
    request.addEventListener("load", () => {
      if (request.status < 400) location.assign(request.responseURL);
      else if (status) status.textContent = "The files were not accepted. Reload the page and try again.";
    });
    request.addEventListener("error", () => {
      if (status) status.textContent = "The files did not arrive: is Touchline still running?";
    });
    if (status) status.textContent = "Copying into the workspace";
    request.send(new FormData(form));
  }
}

// A dropped folder stands for the files in it, at any depth.
async function filesOf(dropped: DataTransfer): Promise<FileList> {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (!entries.some((entry) => entry.isDirectory)) return dropped.files;
  const found = new DataTransfer();
  for (const file of (await Promise.all(entries.map(filesUnder))).flat()) found.items.add(file);
  return found.files;
}

async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((take, refuse) => (entry as FileSystemFileEntry).file(take, refuse))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: FileSystemEntry[] = [];
  // A reader gives a hundred entries at a time and none at the end.
  for (let some: FileSystemEntry[]; (some = await new Promise((take, refuse) => reader.readEntries(take, refuse))).length; ) {
    inside.push(...some);
  }
  const shown = inside.filter((each) => !each.name.startsWith("."));
  return (await Promise.all(shown.map(filesUnder))).flat();
}

customElements.define("file-drop", FileDrop);
