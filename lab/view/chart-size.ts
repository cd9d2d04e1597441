/** How large a chart is drawn: on a phone smaller, so that its words stay as large as those around it. */
export const chartSize = (width = 720, height = 300): { readonly width: number; readonly height: number } =>
  matchMedia("(min-width: 40rem)").matches ? { width, height } : { width: 360, height: 240 };
