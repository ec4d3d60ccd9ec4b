"""Reference values of the sequential tests, with 700 digits, by series and not by the formulas of the code under test.

Needs mpmath 1.3. python3 bench/reference.py src/test/resources/io/jenkins/plugins/chaosgate/verdict/sequential
"""
import csv, sys, time
from mpmath import mp, mpf, log, exp, hyp2f1, loggamma, log1p, nstr
mp.dps = 700
def series(al, be, p):
    """ln of int_0^p t^(al-1)(1-t)^(be-1) dt, by its power series with all terms positive"""
    term = total = mpf(1); k = 0
    while term > total*mpf(10)**-690:
        term *= (al+be+k)/(al+1+k)*p; total += term; k += 1
    return al*log(p) + be*log1p(-p) + log(total/al)
def lnint(al, be, p, side):
    q = 1-p
    # The shorter series; 700 digits outlast the cancellation when the other tail is up to e^-1500 of the whole.
    m = al/(al+be); apart = (al+be)*(m*log(m/p) + (1-m)*log((1-m)/q))
    small_is_lower = p < m if apart > 1500 else p <= mpf('0.5')
    s = series(al, be, p) if small_is_lower else series(be, al, q)
    if (side == 'below') == small_is_lower:
        return s
    B = loggamma(al)+loggamma(be)-loggamma(al+be)
    return B + log1p(-exp(s-B))
def lnE(x, n, p0, phi, side):
    p = mpf(p0); a = mpf('0.5'); b = mpf('0.1')/p
    x = mpf(x)/mpf(phi); n = mpf(n)/mpf(phi)
    return lnint(a+x, b+n-x, p, side) - lnint(a, b, p, side) - x*log(p) - (n-x)*log1p(-p)
rows = []
def add(x, n, p, phi='1'):
    rows.append((x, n, p, phi))
for x, n, p in ((0,1,'0.01'),(1,1,'0.01'),(0,299,'0.01'),(3,299,'0.01'),(12,299,'0.01'),(299,299,'0.01'),(31,392,'0.01'),(10,20,'0.01'),
    (0,5000,'0.001'),(5,5000,'0.001'),(40,5000,'0.001'),(5000,5000,'0.001'),(1,7,'0.25'),(7,7,'0.25'),(0,7,'0.25'),(40,120,'0.25'),
    (0,3,'0.9'),(3,3,'0.9'),(90,100,'0.9'),(99,100,'0.9'),(60,100,'0.9'),(50,100,'0.5'),(70,100,'0.5'),(0,100,'0.5'),(100,100,'0.5'),
    (0,1,'1e-6'),(1,1,'1e-6'),(1,1000,'1e-6'),(2,1000000,'1e-6'),(9,1000000,'1e-6'),(0,1000000,'1e-6'),(1000000,1000000,'1e-6'),
    (10000,1000000,'0.01'),(10300,1000000,'0.01'),(9600,1000000,'0.01'),(20000,1000000,'0.01'),(5000,1000000,'0.01'),
    (500000,1000000,'0.5'),(503000,1000000,'0.5'),(900700,1000000,'0.9'),(899000,1000000,'0.9'),
    (10000000,10**9,'0.01'),(10015000,10**9,'0.01'),(9985000,10**9,'0.01'),(0,10**9,'0.01'),(10**9,10**9,'0.01'),(2*10**7,10**9,'0.01'),
    (1000,10**9,'1e-6'),(1150,10**9,'1e-6'),(850,10**9,'1e-6'),(0,10**9,'1e-6'),(10**9,10**9,'1e-6'),(5*10**8,10**9,'1e-6'),
    (9*10**8,10**9,'0.9'),(900050000,10**9,'0.9'),(899950000,10**9,'0.9'),(10**9,10**9,'0.9'),(0,10**9,'0.9')):
    add(x, n, p)
for x, n, p, f in ((31,392,'0.01','3'),(12,299,'0.01','2.5'),(0,1000,'0.01','3.5'),(25,1000,'0.01','1.7'),(70,5000,'0.001','12'),(1,1,'0.01','7'),(10300,1000000,'0.01','1.3'),(10030000,10**9,'0.01','3')):
    add(x, n, p, f)
def ratio(m, polls):
    def mean(deltas):
        total = mpf(0)
        for d in deltas:
            lr = mpf(1)
            for nc, xc, nb, xb in polls:
                r = mpf(nc)/(nc+nb)
                t0 = m*r/(m*r+1-r); t = d*m*r/(d*m*r+1-r)
                lr *= (t/t0)**xc * ((1-t)/(1-t0))**xb
            total += lr
        return log(total/len(deltas))
    up = [mpf(d) for d in ('1.5','2','3','5','10','30')]
    return mean(up), mean([1/d for d in up])
if __name__ == '__main__':
    import random
    random.seed(7)
    w = csv.writer(open(sys.argv[1]+'/ratio-test.csv', 'w'), lineterminator='\n')
    w.writerow(['max_ratio','polls','ln_e_above','ln_e_below'])
    for m in ('1','1.5','0.5','3'):
        for size, pc, pb, k in ((20,.05,.01,3),(50,.02,.02,12),(1000,.001,.01,6),(5,.9,.9,4),(200,.3,0,5),(200,0,.3,5),(10**6,.011,.01,8)):
            polls = []
            for _ in range(k):
                nc = random.randint(max(1,size//2), size); nb = random.randint(size, 10*size)
                polls.append((nc, min(nc,round(nc*pc*random.uniform(.3,1.7))), nb, min(nb,round(nb*pb*random.uniform(.3,1.7)))))
            u, l = ratio(mpf(m), polls)
            w.writerow([m, ' '.join(':'.join(map(str,p)) for p in polls), nstr(u,20), nstr(l,20)])
    f0 = open(sys.argv[1]+'/limit-test.csv', 'w'); w = csv.writer(f0, lineterminator='\n')
    w.writerow(['bad','total','limit','phi','ln_e_above','ln_e_below'])
    for x, n, p, f in rows:
        t = time.time()
        w.writerow([x, n, p, f, nstr(lnE(x,n,p,f,'above'),20), nstr(lnE(x,n,p,f,'below'),20)]); f0.flush()
        print(x, n, p, f, round(time.time()-t,1), flush=True)
