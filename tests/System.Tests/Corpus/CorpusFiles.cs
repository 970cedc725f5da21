namespace OrleansAtlas.Tests.Corpus;

/// <summary>Small films and photos of many kinds, whole and damaged in many ways, the same bytes each time: kinds times damages.</summary>
internal static class CorpusFiles
{
    private const string Pattern = "testsrc2=size=176x144:rate=10";

    /// <summary>Films of four seconds at ten frames a second: name, and ffmpeg's arguments for its output.</summary>
    private static readonly (string Name, string[] Arguments)[] Films =
    [
        ("h264.mp4", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10"]),
        ("h264-fragments.mp4", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10", "-movflags", "frag_keyframe+empty_moov"]),
        ("h264.mkv", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "20"]),
        ("h264.ts", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10"]),
        ("h264.flv", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10"]),
        ("hevc.mp4", ["-c:v", "libx265", "-pix_fmt", "yuv420p", "-g", "10", "-x265-params", "log-level=none"]),
        ("vp9.webm", ["-c:v", "libvpx-vp9", "-cpu-used", "8", "-b:v", "200k"]),
        ("mpeg4.avi", ["-c:v", "mpeg4", "-q:v", "5"]),
        ("mjpeg.avi", ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"]),
        ("prores.mov", ["-c:v", "prores_ks", "-profile:v", "0"]),
        ("mpeg2.mpg", ["-r", "25", "-c:v", "mpeg2video"]),
        ("wmv.wmv", ["-c:v", "wmv2"]),
        ("h263.3gp", ["-c:v", "h263"]),
        ("film.gif", []),
    ];

    private static readonly (string Name, string[] Arguments)[] Photos =
    [
        ("baseline.jpg", ["-pix_fmt", "yuvj420p"]),
        ("picture.png", []),
        ("picture.webp", ["-c:v", "libwebp"]),
        ("picture.tif", []),
        ("picture.bmp", []),
    ];

    private static readonly (string Name, Func<byte[], Random, byte[]> Damage)[] Damages =
    [
        ("cut-10", (file, _) => file[..(file.Length / 10)]),
        ("cut-50", (file, _) => file[..(file.Length / 2)]),
        ("cut-90", (file, _) => file[..(file.Length * 9 / 10)]),
        ("cut-99", (file, _) => file[..(file.Length * 99 / 100)]),
        ("cut-2", (file, _) => file[..^2]),
        ("flip-1", (file, random) => Flipped(file, random, 1, file.Length)),
        ("flip-3", (file, random) => Flipped(file, random, 3, file.Length)),
        ("flip-30", (file, random) => Flipped(file, random, 30, file.Length)),
        ("flip-300", (file, random) => Flipped(file, random, 300, file.Length)),
        ("header-2", (file, random) => Flipped(file, random, 2, 512)),
        ("header-20", (file, random) => Flipped(file, random, 20, 4096)),
        ("zeros-5", (file, _) => Zeroed(file, 0.05)),
        ("zeros-30", (file, _) => Zeroed(file, 0.3)),
        ("zeros-80", (file, _) => Zeroed(file, 0.8)),
        ("more", (file, random) => [.. file, .. Noise(random, 10_000)]),
        ("headless", (file, _) => file[100..]),
        ("noise", (file, random) => Noise(random, file.Length)),
    ];

    /// <summary>How many there are: each kind whole, and once for each damage.</summary>
    public static int Count => (Films.Length + Photos.Length) * (Damages.Length + 1);

    /// <summary>Names of the films that are whole.</summary>
    public static IReadOnlyList<string> WholeFilms => [.. Films.Select(film => film.Name)];

    /// <summary>Names of the photos that are whole.</summary>
    public static IReadOnlyList<string> WholePhotos => [.. Photos.Select(photo => photo.Name)];

    /// <summary>Makes them.</summary>
    /// <param name="folder">Where to; it is made.</param>
    /// <param name="every">1 for all damages of each kind, n for every nth, beginning with another for each kind.</param>
    public static async Task MakeAsync(string folder, int every)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, arguments) in Films)
        {
            await Clips.FfmpegAsync([
                "-f",
                "lavfi",
                "-i",
                Pattern,
                "-t",
                "4",
                .. arguments,
                "-fflags",
                "+bitexact",
                "-flags:v",
                "+bitexact",
                Path.Combine(folder, name),
            ]);
        }

        foreach (var (name, arguments) in Photos)
        {
            await Clips.FfmpegAsync([
                "-f",
                "lavfi",
                "-i",
                "mandelbrot=size=320x240",
                "-frames:v",
                "1",
                .. arguments,
                Path.Combine(folder, name),
            ]);
        }

        foreach (var (kind, name) in WholeFilms.Concat(WholePhotos).Index())
        {
            var whole = await File.ReadAllBytesAsync(Path.Combine(folder, name));
            foreach (var (number, (damage, change)) in Damages.Index())
            {
                if ((number + kind) % every == 0)
                {
                    var path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(name)}-{damage}{Path.GetExtension(name)}");
                    await File.WriteAllBytesAsync(path, change(whole, new Random((100 * kind) + number)));
                }
            }
        }
    }

    private static byte[] Flipped(byte[] file, Random random, int count, int within)
    {
        var changed = (byte[])file.Clone();
        for (var n = 0; n < count; n++)
        {
            changed[random.Next(Math.Min(within, file.Length))] ^= (byte)random.Next(1, 256);
        }

        return changed;
    }

    private static byte[] Zeroed(byte[] file, double share)
    {
        var changed = (byte[])file.Clone();
        var length = (int)(file.Length * share);
        changed.AsSpan((file.Length - length) / 2, length).Clear();
        return changed;
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}
