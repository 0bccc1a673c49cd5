(function () {
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function follow() {
    document.documentElement.classList.toggle('pf-v6-theme-dark', dark.matches);
  }
  follow();
  dark.addEventListener('change', follow);
})();
