import OpenSeadragon from "openseadragon";
import type { MapApi, MapDocument } from "./api";

/** Tiles are drawn at up to one and a third of their pixels, never blurred by more than a half: a declared size below the true one. */
export const shrink = 0.75;

/** A layer of a map as OpenSeadragon asks for it. */
export function mapSource(api: MapApi, { tileWidth, tileHeight }: MapDocument, name: string, maxLevel: number): OpenSeadragon.TileSource {
  const [width, height] = [tileWidth * shrink, tileHeight * shrink];
  const source = new OpenSeadragon.TileSource({
    width: width * 2 ** maxLevel,
    height: height * 2 ** maxLevel,
    tileWidth: width,
    tileHeight: height,
    minLevel: 0,
    maxLevel,
    ready: true,
  });
  const bounds = source.getTileBounds.bind(source);
  source.getTileUrl = (level: number, x: number, y: number) => api.tile(name, level, x, y);
  // The part of a tile's file that is drawn: all of it, though it has more pixels than were declared.
  source.getTileBounds = (level: number, x: number, y: number, isSource?: boolean) =>
    isSource ? new OpenSeadragon.Rect(0, 0, tileWidth, tileHeight) : bounds(level, x, y);
  return source;
}
