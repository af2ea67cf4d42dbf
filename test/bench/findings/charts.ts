import * as echarts from 'echarts';

import type { Point } from '../measurements/growth.js';
import type { Results } from '../results.js';
import { median } from '../statistics.js';
import { CURVES, curves } from './tables.js';

const WIDTH = 760;
const HEIGHT = 360;
const INK = '#333333';
const RATE = '#2563a8';
const MEMORY = '#b4652a';
/** What throughput may lose from the smallest size to the largest. */
const FLOOR = 0.8;

export interface Chart {
  name: string;
  svg: string;
}

/** One for each growth curve. */
export function charts({ samples: { growth } }: Pick<Results, 'samples'>): Chart[] {
  if (!growth) return [];
  return curves(growth).map(([curve, points]) => ({
    name: `growth-${curve}`,
    svg: drawn(CURVES[curve], points),
  }));
}

function drawn(title: string, points: Point[]): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption(options(title, points));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

function options(title: string, points: Point[]): echarts.EChartsOption {
  const rates = points.map(({ size, runs }) => [size, Math.round(median(runs.map((run) => run.perSecond)))]);
  const runs = points.flatMap(({ size, runs: all }) => all.map((run) => [size, Math.round(run.perSecond)]));
  const memory = points.map(({ size, runs: all }) => [
    size,
    Math.round(Math.max(...all.map(({ rssBytes }) => rssBytes)) / 1024 ** 2),
  ]);
  const floor = Math.round((rates[0]?.[1] ?? 0) * FLOOR);
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'sans-serif', color: INK },
    grid: { left: 70, right: 70, top: 50, bottom: 55 },
    legend: { top: 8, textStyle: { color: INK } },
    xAxis: {
      type: 'log',
      name: title,
      nameLocation: 'middle',
      nameGap: 32,
      min: 'dataMin',
      max: 'dataMax',
      axisLabel: { formatter: (value: number) => value.toLocaleString('en') },
    },
    yAxis: [
      { type: 'value', name: 'deliveries/s', min: 0 },
      { type: 'value', name: 'MB', min: 0, splitLine: { show: false } },
    ],
    series: [
      {
        name: 'deliveries/s, median',
        type: 'line',
        data: rates,
        color: RATE,
        symbolSize: 8,
        markLine: {
          symbol: 'none',
          silent: true,
          lineStyle: { type: 'dashed', color: RATE },
          label: { formatter: `${FLOOR} of the smallest`, position: 'insideEndBottom' },
          data: [{ yAxis: floor }],
        },
      },
      {
        name: 'each run',
        type: 'scatter',
        data: runs,
        color: RATE,
        symbolSize: 4,
        itemStyle: { opacity: 0.5 },
      },
      { name: 'worker’s memory', type: 'line', yAxisIndex: 1, data: memory, color: MEMORY, symbolSize: 6 },
    ],
  };
}
