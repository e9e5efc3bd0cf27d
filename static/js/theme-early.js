// Runs before the first paint (a classic script in <head>), so that a chosen theme never flashes.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // storage switched off: the system's preference decides
}
document.documentElement.classList.add("has-js");
