// Plotly with the kinds of chart we draw, a third of the whole: `scatterpolar` is in none of its own partial bundles.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import box from "plotly.js/lib/box";
import heatmap from "plotly.js/lib/heatmap";
import scatter from "plotly.js/lib/scatter";
import scatterpolar from "plotly.js/lib/scatterpolar";
import violin from "plotly.js/lib/violin";

Plotly.register([scatter, scatterpolar, bar, heatmap, box, violin]);

export const { newPlot, react, purge, toImage, version } = Plotly;
