package io.jenkins.plugins.chaosgate.report;

/** How the page looks: quiet, so that the verdict is what one sees. */
final class HtmlStyle {

    private static final String CSS =
            """
            :root{color-scheme:light dark;--paper:#f5f7fa;--card:#fff;--ink:#1b2430;--muted:#5c6b7d;--edge:#dde3ea;
            --good:#17703f;--bad:#b9202f;--warn:#8a5a00;--good-bg:#e2f3e9;--bad-bg:#fbe6e8;--warn-bg:#fdf0d5;
            --flat-bg:#e9edf2;--code:#eef1f5;--link:#1f5fbf}
            @media (prefers-color-scheme:dark){:root{--paper:#0f151c;--card:#151c25;--ink:#e3e9f0;--muted:#98a6b6;
            --edge:#263140;--good:#5fd18e;--bad:#ff7a84;--warn:#f0b95a;--good-bg:#12301f;--bad-bg:#3a171c;
            --warn-bg:#352810;--flat-bg:#222c38;--code:#1d2732;--link:#7fb2ff}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);
            font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
            main{max-width:880px;margin:0 auto;padding:36px 24px 48px}
            h1,h2,h3,p{margin:0;overflow-wrap:anywhere}
            h1{font-size:27px;line-height:1.25;letter-spacing:-.015em;font-weight:680}
            h2{font-size:18px;letter-spacing:-.01em;margin-bottom:10px}
            h3{font-size:15.5px}
            section{margin-top:34px}
            a{color:var(--link)}
            code,pre,time{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
            code{background:var(--code);border-radius:4px;padding:1px 5px;overflow-wrap:anywhere}
            pre{margin:10px 0 0;padding:14px 16px;background:var(--code);border-radius:8px;overflow-x:auto;line-height:1.5}
            .brand{color:var(--muted);font-size:12.5px;font-weight:650;letter-spacing:.09em;text-transform:uppercase;
            margin-bottom:6px}
            .meta,.quiet{color:var(--muted);font-size:13.5px}.meta{margin-top:6px}
            .banner{display:flex;gap:22px;align-items:flex-start;margin-top:24px;padding:24px 26px;border-radius:14px;color:#fff}
            .banner p{color:inherit}.banner div{flex:1;min-width:0}
            .icon{flex:none;margin-top:3px}
            .verdict{font-size:25px;line-height:1.2;font-weight:760;letter-spacing:.035em}
            .meaning{margin-top:3px;font-size:16px}
            .reason{margin-top:14px;padding-top:13px;border-top:1px solid rgba(255,255,255,.32);font-size:14.5px}
            .passed{background:#17703f}.violated{background:#b9202f}.inconclusive{background:#85590b}
            .aborted,.running{background:#46566a}.rollback-failed{background:#7d0f1f;outline:4px solid #ff6b76;outline-offset:3px}
            .alarm{border:2px solid var(--bad);border-radius:12px;padding:18px 20px;background:var(--bad-bg)}
            .alarm h2{color:var(--bad);margin-bottom:4px}.alarm pre{background:var(--card);user-select:all}
            .scroll{overflow-x:auto}
            table{width:100%;border-collapse:collapse;margin:14px 0 8px;font-size:14px}
            th{font-size:12.5px;font-weight:600;color:var(--muted);text-align:left;white-space:nowrap}
            @media (min-width:800px){td code{white-space:nowrap}}
            th,td{padding:9px 18px 9px 0;border-bottom:1px solid var(--edge);vertical-align:top}
            td:first-child{min-width:200px}td code{overflow-wrap:break-word}
            .number{font-variant-numeric:tabular-nums;white-space:nowrap}
            td.bad{color:var(--bad);font-weight:650}
            .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px}
            .tile,.card{background:var(--card);border:1px solid var(--edge);border-radius:12px}
            .tile{padding:14px 16px}
            .tile strong{display:block;font-size:22px;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
            .tile span{display:block;color:var(--muted);font-size:13px;line-height:1.4}
            .card{padding:16px 18px 10px;margin-bottom:14px}
            .card-head{display:flex;gap:12px;align-items:baseline;justify-content:space-between}
            .card .cg-chart{display:block;width:100%;min-width:560px;height:auto;margin-top:8px}
            .badge{flex:none;display:inline-block;padding:1px 9px;border-radius:99px;font-size:12.5px;font-weight:650;
            background:var(--flat-bg);color:var(--muted);white-space:nowrap}
            .badge.good{background:var(--good-bg);color:var(--good)}
            .badge.bad{background:var(--bad-bg);color:var(--bad)}
            .badge.warn{background:var(--warn-bg);color:var(--warn)}
            .list{list-style:none;margin:0;padding:0}
            .list li{display:flex;gap:12px;align-items:baseline;padding:7px 0;border-bottom:1px solid var(--edge);
            overflow-wrap:anywhere}
            .list time{flex:none;color:var(--muted)}
            summary{cursor:pointer;font-weight:650;font-size:16px}
            details .list{margin-top:8px}
            section:has(> details){margin-top:20px}
            footer{margin-top:40px;color:var(--muted);font-size:13px}
            @media (max-width:560px){main{padding:22px 16px}.banner{gap:14px;padding:18px}.icon{width:34px;height:34px}}
            @media print{body{background:#fff}.banner{print-color-adjust:exact;-webkit-print-color-adjust:exact}
            .card,.tile{break-inside:avoid}}
            """;

    private HtmlStyle() {}

    static String css() {
        return CSS;
    }
}
