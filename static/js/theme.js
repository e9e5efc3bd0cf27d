// The light/dark switch. Without a choice the system's preference decides.
const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches;
}

function show(button) {
  button.setAttribute("aria-pressed", String(isDark()));
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  show(button);
  systemDark.addEventListener("change", () => show(button));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // the choice lasts for this page only
    }
    document.querySelectorAll("[data-theme-switch]").forEach(show);
  });
}
