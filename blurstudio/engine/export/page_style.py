"""The look of reports: neutral greys, light or dark as the reader's system has it.

Greys have equal red, green and blue: a tinted surround shifts how colours are judged.
"""

STYLE = """
:root { --page: #f2f2f2; --card: #fcfcfc; --line: #d2d2d2; --text: #222222; --quiet: #565656;
        --link: #23578a; }
@media (prefers-color-scheme: dark) {
  :root { --page: #262626; --card: #333333; --line: #505050; --text: #d8d8d8; --quiet: #a0a0a0;
          --link: #8cb0d6; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 24px; background: var(--page);
       color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 26px; overflow-wrap: anywhere; }
h2 { margin: 0 0 8px; font-size: 15px; }
a { color: var(--link); }
.verdict { margin: 4px 0 20px; font-size: 17px; }
section { margin-bottom: 24px; }
figure { margin: 0; }
img { display: block; width: 100%; height: auto; border-radius: 4px; }
figcaption { padding-top: 6px; color: var(--quiet); font-size: 13px; }
figcaption b { color: var(--text); }
.pictures { display: grid; gap: 20px;
            grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); }
.moments { display: grid; gap: 10px;
           grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); }
.tables { display: grid; gap: 20px; align-items: start; margin-bottom: 24px;
          grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); }
.tables section { margin: 0; padding: 14px 16px; background: var(--card);
                  border: 1px solid var(--line); border-radius: 6px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 3px 0; text-align: left; vertical-align: top; font-weight: normal; }
th { padding-right: 14px; color: var(--quiet); }
td { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
pre { margin: 0; padding: 12px; overflow-x: auto; background: var(--card);
      border: 1px solid var(--line); border-radius: 6px; }
ul { margin: 0; padding-left: 20px; }
footer { color: var(--quiet); font-size: 13px; }
@media print { body { max-width: none; } figure, .tables section { break-inside: avoid; } }
"""
