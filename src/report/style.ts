/** How the report looks: light, dark and on paper; nothing smaller than 11 pixels. */

/** A style sheet for the whole page. */
export const style = `
:root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--soft:#565a61;--line:#d9dce1;--tint:#f4f5f7;
--hard:#0072B2;--easy:#C35400;--other:#00805D;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e7e8ea;--paper:#15171a;--soft:#a8adb5;--line:#383c43;--tint:#1e2125;
--hard:#4aa3dc;--easy:#f0813a;--other:#2fb98d;--bad:#ff8a80}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;padding:1rem}
body{max-width:84rem;overflow-wrap:break-word}
main>section,main>details,main>nav{max-width:62rem;margin-left:auto;margin-right:auto}
h1{font-size:1.5rem;line-height:1.2;margin:.2rem 0}h2{font-size:1.3rem;margin:0 0 .5rem}
h3,figure>h2{font-size:1.05rem;margin:0 0 .4rem;max-width:68ch}h4{font-size:.95rem;margin:1rem 0 .3rem}
p,li,figcaption,dd{max-width:68ch}a{color:inherit;text-underline-offset:.15em}
a:focus-visible,button:focus-visible,summary:focus-visible,[tabindex]:focus-visible,select:focus-visible
{outline:2px solid var(--hard);outline-offset:2px}
figure{margin:1.5rem 0}figcaption{color:var(--soft);font-size:.92rem}figcaption p{margin:.3rem 0}
svg{max-width:100%;height:auto}:is(.wide,.narrow,.tall) svg{max-width:none}
figure .headline{display:none}figure svg:has(.headline){margin-top:-1.9rem}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .7rem;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:top}
.number{text-align:right}.text{white-space:normal;min-width:8rem;max-width:24rem}
.scroll{overflow-x:auto;--edge:color-mix(in srgb,var(--ink) 22%,transparent);background:
linear-gradient(90deg,var(--paper) 40%,transparent) 0/2rem 100% no-repeat local,
linear-gradient(-90deg,var(--paper) 40%,transparent) 100%/2rem 100% no-repeat local,
linear-gradient(90deg,var(--edge),transparent) 0/.7rem 100% no-repeat,
linear-gradient(-90deg,var(--edge),transparent) 100%/.7rem 100% no-repeat}
.scroll+.scroll{margin-top:1rem}code{font-size:.9em;overflow-wrap:anywhere}
details{margin:1rem 0}section{margin-top:2.5rem}summary{cursor:pointer}
main>details>summary{font-size:1.15rem;font-weight:600}.small{font-size:.85rem;color:var(--soft)}
nav ul{columns:18rem 3;padding-left:1.2rem;font-size:.92rem}
.opening{display:grid;grid-template-columns:minmax(0,1fr) 25rem;gap:.5rem 2rem;align-items:start}
.opening header{grid-column:1/-1}.opening header p{margin:.2rem 0;max-width:none}.opening figure{margin:0}
.opening aside .small,.opening aside details{margin:.2rem 0}.opening h2{font-size:1.1rem}
.sketch{display:grid;grid-template-columns:210px 1fr;gap:1rem;align-items:center}
.key{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem;margin:.5rem 0;font-size:.84rem;line-height:1.35}
.key ul{list-style:none;padding:0;margin:0}.key li{max-width:none;padding-left:1.4em;text-indent:-1.4em}
.key .verdict::before{width:1.4em;text-indent:0}
.key svg{vertical-align:-.2em}
.board{width:100%;font-size:.84rem;line-height:1.3}
.board th,.board td{padding:.17rem .5rem;white-space:normal}.board thead th{color:var(--soft);font-weight:600}
.board a{text-decoration:none;display:block}.board a:hover,.board a:focus{text-decoration:underline}
.board tbody th{font-weight:600;min-width:11rem}.board .said{min-width:12.5rem}
.board td small,.board th small{display:block;color:var(--soft);font-weight:400}
.board small,.chip small{font-size:11px}.spark{display:block;overflow:visible;margin-top:.15rem}
.verdict{font-weight:600}.verdict::before{display:inline-block;width:1.1em;content:attr(data-sign)}
.card{border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.2rem;margin:1.2rem 0}
.card>header{display:flex;flex-wrap:wrap;gap:.2rem 1rem;justify-content:space-between;align-items:baseline}
.card .two{display:grid;grid-template-columns:minmax(0,17rem) minmax(0,1fr);gap:1rem 1.5rem;align-items:start}
.card figure{margin:.5rem 0}.card p{margin:.4rem 0}.formula{font-size:1.2rem;overflow-x:auto;padding:.2rem 0}
:is(msub,msup) :is(msub,msup)>:last-child{font-size:11px}
.chips{display:flex;flex-wrap:wrap;gap:.35rem;list-style:none;padding:0;margin:.4rem 0}
.chip{border:1px solid var(--soft);border-radius:1rem;padding:.05rem .6rem;font-size:.8rem;max-width:none}
.chip summary{list-style:none}.chip details{margin:0}.chip p{margin:.2rem 0;max-width:34ch}
.chip.missing{border-style:dashed;color:var(--soft)}.chip.against{border-color:var(--bad);color:var(--bad)}
.frame{overflow:hidden}.frame img{max-width:100%}.frame [data-row]{cursor:pointer}
.frame [data-chosen]{stroke:var(--ink)!important;stroke-width:3px}
.filters{display:flex;flex-wrap:wrap;gap:.3rem 1rem;font-size:.85rem}
select,button{font:inherit;font-size:.85rem;max-width:100%}.filters label{max-width:100%}
.tip{background:var(--tint);border:1px solid var(--line);border-radius:.3rem;padding:.4rem .6rem;font-size:.85rem}
.tip:empty{display:none}.tip dl{display:flex;flex-wrap:wrap;gap:0 1rem;margin:0}.tip dl div{display:flex;gap:.3rem}
.tip dl div{min-width:0}
.tip dt{color:var(--soft)}.tip dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
th button{border:0;background:none;padding:0;color:inherit;font-weight:inherit}
th button{cursor:pointer;text-decoration:underline dotted}
tr.found{background:var(--tint);outline:2px solid var(--hard)}
@media (max-width:70rem){.opening{grid-template-columns:minmax(0,1fr)}}
@media (max-width:48rem){body{padding:.7rem}.card .two{grid-template-columns:minmax(0,1fr)}
.key{grid-template-columns:1fr}.board thead{display:none}
.board,.board tbody,.board tr,.board th,.board td{display:block}
.board tr{border-bottom:1px solid var(--line);padding:.5rem 0}.board th,.board td{border:0;padding:.1rem 0}
.board td[data-head]{display:grid;grid-template-columns:6.5rem 1fr;gap:.5rem}
.board td[data-head]::before{content:attr(data-head);color:var(--soft)}}
@media print,(max-width:56rem){.narrow svg{font-size:13.5px!important;max-width:max(100%,720px);overflow:visible}
.narrow svg :is([font-size="11"],[font-size="12"],[font-size="12.5"]){font-size:13.5px}}
@page{size:A4;margin:10mm}@page wide{size:A4 landscape;margin:10mm}
@media print{html{font-size:13px}.board,.small,.chip,code,small,.chip small{font-size:11px}
figure:has(.wide){page:wide}.card .two{grid-template-columns:22.4em minmax(0,1fr)}.formula{font-size:1.45rem}
body{padding:0;font-size:1rem}.scroll{overflow:visible;background:none}.frame{min-height:0!important;overflow:visible}
:is(.wide,.narrow,.tall) svg{max-width:100%;overflow:visible}.wide svg{font-size:15px!important}
.wide svg :is([font-size="10"],[font-size="11"],[font-size="12"],[font-size="12.5"]){font-size:15px}
.filters,.tip,[data-listing]>:not(p){display:none}table{width:100%;font-size:11px}
th,td{white-space:normal;overflow-wrap:anywhere;padding:.2rem .3rem;min-width:0!important}
:is(.board,.scroll) th,.board td,.number{overflow-wrap:normal}figure,tr{break-inside:avoid}
h2,h3{break-after:avoid}figure :is(details:not([open]),.small,summary){display:none}.opening{display:block}
figure{margin:1rem 0}figure:has(+.demands){margin-bottom:.3rem}figcaption,figcaption p,.demands p{max-width:none}
figcaption details{margin:0}.demands{break-inside:avoid}.demands p{margin:.1rem 0}.demands .chips{display:block}
.demands .chip{display:inline;border:0;padding:0}.demands .chip:not(:last-child)::after{content:" · "}}
`;
