// Copying a page's address, and the share sheet of the phone. Both buttons stay hidden where the
// browser cannot do it (the clipboard needs https).
for (const row of document.querySelectorAll("[data-share]")) {
  const { shareUrl: url, shareTitle: title } = row.dataset;

  const copy = row.querySelector("[data-share-copy]");
  if (copy && navigator.clipboard) {
    const label = copy.querySelector("span");
    const before = label.textContent;
    copy.parentElement.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      label.textContent = copy.dataset.done;
      setTimeout(() => (label.textContent = before), 2500);
    });
  }

  const sheet = row.querySelector("[data-share-sheet]");
  if (sheet && navigator.share) {
    sheet.parentElement.hidden = false;
    sheet.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  }
}
