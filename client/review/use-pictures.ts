import { useQuery } from "@tanstack/react-query";
import { picturesSchema } from "#protocol/http/picture.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";

/** Addresses are good for five minutes. */
const refreshMs = 4 * 60 * 1000;

/** Where pictures are, by their hash. `isRefused`: this member may not see them, or they cannot be listed now. */
export type PicturePlaces = { readonly urls: ReadonlyMap<string, string>; readonly isRefused: boolean };

/**
 * The signed addresses of an attempt's pictures. `path`: where the list is; `wanted`: the hashes that are to be shown,
 * none asks for nothing.
 */
export function usePictures(path: string, wanted: readonly string[]): PicturePlaces {
  const list = useQuery({
    queryKey: ["pictures", path, ...wanted],
    queryFn: async () => valueOf(await request(picturesSchema, "GET", path)).pictures,
    enabled: wanted.length > 0,
    refetchInterval: refreshMs,
    refetchOnWindowFocus: false,
    placeholderData: (before) => before,
  });
  return {
    urls: new Map(list.data?.map(({ sha256, url }) => [sha256, url])),
    isRefused: list.isError,
  };
}
