using System.Globalization;
using System.Text;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Store;

namespace OrleansAtlas.Bench.Pictures;

/// <summary>Black bars put around every film of a collection, and whether they are found where they are.</summary>
internal static class BarsBench
{
    private static readonly (string Name, double Left, double Top, double Light)[] Kinds =
    [
        ("as they are", 0, 0, 1),
        ("as they are, a quarter as bright", 0, 0, 0.25),
        ("2.39:1 in 16:9", 0, 0.128, 1),
        ("2.39:1 in 16:9, a quarter as bright", 0, 0.128, 0.25),
        ("4:3 in 16:9", 0.125, 0, 1),
        ("4:3 in 16:9, a quarter as bright", 0.125, 0, 0.25),
        ("both", 0.125, 0.128, 1),
        ("9:16 in 16:9", 0.342, 0, 1),
    ];

    public static async Task<int> RunAsync(string store, string name, string report)
    {
        var collection = (await CollectionStore.OpenAsync(LocalStore.Open(store, write: false), name, default))!;
        var map = await AtlasMap.ReadAsync(collection, await collection.OpenCurrentMapAsync(default), default);
        var stored = new StoredFrames(map, new VipsImageCodec());
        var own = new Dictionary<int, BlackBars>();
        var text = new StringBuilder("| bars | films | found within 2 pixels | not found | elsewhere |\n|---|---|---|---|---|\n");
        foreach (var (kind, left, top, light) in Kinds)
        {
            var bars = new FilmBars(map, new BarredFrames(stored, left, top, light));
            var (right, none, wrong) = (new List<string>(), new List<string>(), new List<string>());
            for (var film = 0; film < map.Films.Count; film++)
            {
                var found = await bars.OfAsync(film, default);
                own.TryAdd(film, found);
                var isRight = IsNear(found, left, top, own[film]);
                (
                    isRight ? right
                    : found == BlackBars.None ? none
                    : wrong
                ).Add(map.NameOf(film));
            }

            text.Append(CultureInfo.InvariantCulture, $"| {kind} | {map.Films.Count} | {right.Count} | {none.Count} | {wrong.Count} |\n");
            Console.WriteLine($"{kind}: not found {string.Join(", ", none)}; elsewhere {string.Join(", ", wrong)}");
        }

        var cut = own.Where(film => film.Value != BlackBars.None).Select(film => $"{map.NameOf(film.Key)} {film.Value}");
        Console.WriteLine($"{text}\n{string.Join('\n', cut)}");
        await File.WriteAllTextAsync(
            report,
            $"# Black bars\n\n{map.Films.Count} films, {map.Count} frames; bars put around their stored frames. Films that have bars of "
                + $"their own ({own.Values.Count(bars => bars != BlackBars.None)}) count as right where these are found "
                + $"inside. Made by `bench bars`.\n\n{text}"
        );
        return 0;
    }

    /// <summary>The bars that were put around, and inside them the film's own.</summary>
    private static bool IsNear(BlackBars found, double left, double top, BlackBars own)
    {
        const double Near = 2.5 / 300;
        return Near >= Math.Abs(found.Left - left - (own.Left * (1 - (2 * left))))
            && Near >= Math.Abs(found.Right - left - (own.Right * (1 - (2 * left))))
            && Near >= Math.Abs(found.Top - top - (own.Top * (1 - (2 * top))))
            && Near >= Math.Abs(found.Bottom - top - (own.Bottom * (1 - (2 * top))));
    }

    /// <summary>Frames inside bars, and darker.</summary>
    private sealed class BarredFrames(IFrameSource frames, double left, double top, double light) : IFrameSource
    {
        public async Task<RgbImage> ReadAsync(MapFrame frame, int width, int height, CancellationToken cancellationToken)
        {
            var image = await frames.ReadAsync(frame, width, height, cancellationToken);
            var (x, y) = ((int)Math.Round(left * image.Width), (int)Math.Round(top * image.Height));
            var (inWidth, inHeight) = (image.Width - (2 * x), image.Height - (2 * y));
            var picture = Resampler.Cover(image, inWidth, inHeight);
            var barred = new RgbImage(image.Width, image.Height);
            for (var row = 0; row < inHeight; row++)
            {
                for (var i = 0; i < inWidth * 3; i++)
                {
                    barred.Pixels[((((y + row) * image.Width) + x) * 3) + i] = (byte)(picture.Pixels[(row * inWidth * 3) + i] * light);
                }
            }

            return barred;
        }
    }
}
