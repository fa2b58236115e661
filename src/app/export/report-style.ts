import tokens from "../styles/tokens.css?inline";

/** The report's style: the page's colors, light or dark as the reader prefers, and light in print. */
export const reportStyle = `${tokens}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.55 var(--font);font-variant-numeric:tabular-nums}
main{max-width:74rem;margin:0 auto;padding:1.5rem 1rem 4rem;display:grid;gap:1rem}
main>*{min-width:0;padding:1.1rem 1.25rem;background:var(--surface);border:1px solid var(--grid);border-radius:var(--radius)}
h1{margin:0 0 .4rem;font-size:1.6rem;line-height:1.25;overflow-wrap:anywhere}h2{margin:0 0 .6rem;font-size:1.15rem}
h3{margin:1.4rem 0 .4rem;font-size:.95rem}p{margin:.4rem 0;max-width:70ch}.muted,figcaption,summary{color:var(--muted)}
a{color:var(--accent)}.open{display:inline-block;margin-top:.5rem;padding:.45rem .9rem;border-radius:var(--radius-small);
background:var(--accent);color:var(--on-accent);font-weight:600;text-decoration:none}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr));gap:.6rem 1.2rem;margin:1rem 0 0}
dt{font-size:.78rem;color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.84rem}
th,td{padding:.3rem .9rem .3rem 0;text-align:end;white-space:nowrap;border-bottom:1px solid var(--grid)}
thead th{vertical-align:bottom;font-weight:600}:is(th,td):first-child,.words :is(th,td){text-align:start}tbody th{font-weight:400}
.words td{white-space:normal}.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1.4rem 1.2rem}
figure{margin:0;min-width:0}figure h3{margin:0 0 .3rem}svg{display:block;max-width:100%;height:auto}
.legend{display:flex;flex-wrap:wrap;gap:.15rem .9rem;margin:.2rem 0 .3rem;padding:0;list-style:none;font-size:.8rem}
.legend svg{display:inline-block;vertical-align:middle}details>summary{cursor:pointer;font-size:.84rem}
ul{padding-inline-start:1.2rem}pre{overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;padding:.9rem;font:.78rem/1.5 var(--mono);
background:var(--raised);border-radius:var(--radius-small)}.notes :is(h1,h2,h3){font-size:1rem;margin:.8rem 0 .3rem}
@media print{:root{color-scheme:light}body{background:none}main{padding:0}main>*{border:0;padding:0}figure,tr{break-inside:avoid}.open{display:none}}`;
