(function () {
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function follow() {
    var chosen = localStorage.getItem('plumbline.theme');
    var isDark = chosen === null ? dark.matches : chosen === 'dark';
    document.documentElement.classList.toggle('pf-v6-theme-dark', isDark);
  }
  follow();
  dark.addEventListener('change', follow);
  window.addEventListener('plumbline.theme', follow);
})();
