import { registry } from '../gaps/registry.ts';
import { loadGaps } from '../src/registry.ts';
import { createRepo } from '../src/repo/repo.ts';
import { diskSource } from '../src/repo/source.ts';
import { auditGap } from '../src/runner/audit.ts';
const repo = createRepo(diskSource(process.argv[2] ?? '.'));
const orig = repo.mentions; const st = new Map<string, {n:number; b:number; t:number; hit:number; g:Set<string>}>(); let cur='';
(repo as any).mentions = (p: string, w: string|RegExp) => { const len = repo.peek(p)?.length ?? 0; const s = performance.now(); const r = orig(p, w); const t = performance.now()-s; const k = String(w).slice(0,100); const e = st.get(k) ?? {n:0,b:0,t:0,hit:0,g:new Set()}; e.n++; e.b+=len; e.t+=t; e.hit+=+r; e.g.add(cur); st.set(k,e); return r; };
const of = repo.find; let ft=0, fn=0; (repo as any).find = (re: RegExp) => { const s=performance.now(); const r=of(re); ft+=performance.now()-s; fn++; return r; };
const gaps = await loadGaps(registry);
for (const gap of gaps) { cur = gap.meta.id; auditGap(gap, repo); }
const rows=[...st].sort((a,b)=>b[1].t-a[1].t);
console.log(rows.slice(0,45).map(([k,e])=>`${e.t.toFixed(1)}ms n=${e.n} ${(e.b/1e6).toFixed(1)}MB hit=${e.hit} ${[...e.g]} ${k}`).join('\n'));
console.log('total', rows.reduce((a,[,e])=>a+e.t,0), rows.reduce((a,[,e])=>a+e.b,0)/1e6, 'find', ft, fn);
