package io.jenkins.plugins.chaosgate.report;

/** How charts look. A page may set the variables {@code --cg-…} itself to suit its own colours. */
final class ChartStyle {

    static final String CSS =
            """
            .cg-chart{--ink:var(--cg-ink,#1b2430);--muted:var(--cg-muted,#5c6b7d);--grid:var(--cg-grid,#d9e0e8);
            --line:var(--cg-line,#1f5fbf);--bad:var(--cg-bad,#c4283a);--fault:var(--cg-fault,#d9822b);
            --fault-ink:var(--cg-fault-ink,#96530f);--paper:var(--cg-paper,#fff);
            color:var(--ink);font:11px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
            @media (prefers-color-scheme:dark){.cg-chart{--ink:var(--cg-ink,#e3e9f0);--muted:var(--cg-muted,#98a6b6);
            --grid:var(--cg-grid,#2e3a48);--line:var(--cg-line,#6fa8ff);--bad:var(--cg-bad,#ff6b76);
            --fault:var(--cg-fault,#f0a04b);--fault-ink:var(--cg-fault-ink,#f2b06a);--paper:var(--cg-paper,#151c25)}}
            .cg-chart text{fill:var(--muted);font-variant-numeric:tabular-nums}
            .cg-chart .cg-name{fill:var(--ink);fill-opacity:.75}
            .cg-phase{fill:var(--ink);fill-opacity:.02}.cg-phase.cg-odd{fill-opacity:.05}
            .cg-fault{fill:var(--fault);fill-opacity:.09}.cg-fault-bar{fill:var(--fault)}
            .cg-chart .cg-fault-name{fill:var(--fault-ink);font-weight:600}
            .cg-grid{stroke:var(--grid);stroke-width:1}
            .cg-forbidden{fill:var(--bad);fill-opacity:.045}
            .cg-limit{stroke:var(--bad);stroke-width:1.4;stroke-dasharray:5 4}
            .cg-chart .cg-limit-name{fill:var(--bad);font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
            .cg-line{stroke:var(--line);stroke-width:2;stroke-linejoin:round}
            .cg-stable{stroke:var(--muted);stroke-width:1.5;stroke-dasharray:2 3}
            .cg-dot{fill:var(--line)}.cg-breach{fill:var(--bad);stroke:var(--paper);stroke-width:1.2}
            .cg-gap-line{fill:var(--muted);fill-opacity:.45}
            .cg-chart .cg-gap-name{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:4px}
            """;

    private ChartStyle() {}
}
