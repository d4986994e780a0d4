/*
 * What is used of it. Its published types bring those of Node along, and would open the whole room to a platform.
 */
declare module "papaparse" {
  type Read = { readonly data: (readonly string[])[]; readonly errors: readonly { readonly row?: number }[] };

  const papaparse: {
    parse: (text: string, options: { readonly delimiter: string; readonly preview: number }) => Read;
  };
  export default papaparse;
}
