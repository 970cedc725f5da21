using System.Globalization;
using System.Text;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Search.Copies;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Bench.Search;

/// <summary>Recall by kind of copy and precision, over cases made by bench/copies/make-cases.sh or make-photos.sh and indexed together with
/// what they are made of. Every other pair is a case of no copy.</summary>
internal static class CopiesBench
{
    // These pairs of the footage and of the photos are copies of each other.
    private static readonly Dictionary<string, string> Twins = new(StringComparer.Ordinal)
    {
        ["mdn-learning-area/rabbit320.mp4"] = "mdn-learning-area/rabbit.mp4",
        ["grand_piano/image_0014.jpg"] = "grand_piano/image_0006.jpg",
        ["grand_piano/image_0004.jpg"] = "grand_piano/image_0006.jpg",
        ["mdn-shared-assets/flower.webm"] = "mdn-shared-assets/flower.mp4",
    };

    public static async Task<int> RunAsync(string folders, string cases, string report)
    {
        var made = File.ReadAllLines(cases).Select(line => CopyCase.Parse(line.Split('\t'))).ToList();
        var started = TimeProvider.System.GetTimestamp();
        var subjects = await SubjectsAsync(folders.Split(':'));
        var first = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        started = TimeProvider.System.GetTimestamp();
        var copies = (await new CopySearch(subjects).FindAsync(0.3, default)).Copies;
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        var text = new StringBuilder();
        text.Append("# Copies\n\n")
            .Append("| kind | cases | found | offset within 0.2 s | tempo within 1 % | least score | said to be |\n");
        text.Append("|---|---|---|---|---|---|---|\n");
        foreach (var kind in made.Where(copy => copy.Kind != "rest").GroupBy(copy => copy.Kind))
        {
            var hits = kind.Select(copy => (Case: copy, Match: copies.FirstOrDefault(copy.IsPair))).ToList();
            var found = hits.Where(hit => IsSure(hit.Match)).ToList();
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {kind.Key} | {hits.Count} | {found.Count} | {found.Count(hit => Math.Abs(hit.Case.OffsetError(hit.Match!)) <= 0.2)} | "
                    + $"{found.Count(hit => Math.Abs(hit.Case.TempoError(hit.Match!)) <= 0.01)} | "
                    + $"{found.Select(hit => hit.Match!.Score).DefaultIfEmpty().Min():0.000} | "
                    + $"{string.Join(", ", found.CountBy(hit => hit.Match!.Kind).Select(k => $"{k.Value} {k.Key}"))} |\n"
            );
            foreach (var (copy, match) in hits)
            {
                Console.WriteLine(
                    match is null
                        ? $"nothing: {copy.File} of {copy.Source}"
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{(IsSure(match) ? "found" : "missed")}: {copy.File} {match.Score:0.000} {match.How}, {match.Seconds:0.0} s, "
                                + $"offset wrong by {copy.OffsetError(match):0.00}, tempo by {copy.TempoError(match):0.000}"
                        )
                );
            }
        }

        var names = subjects.Select(subject => subject.Name).ToList();
        var shown = names.ToDictionary(film => film, film => Shown(film, made));
        var wrong = copies.Where(match => match.Kind != CopyKind.Identical && !Share(shown[match.A], shown[match.B])).ToList();
        var reported = copies.Where(IsSure).ToList();
        var none = names.SelectMany((a, i) => names.Skip(i + 1).Select(b => (a, b))).Count(pair => !Share(shown[pair.a], shown[pair.b]));
        text.Append(
            CultureInfo.InvariantCulture,
            $"\n{names.Count} films and photos, {names.Count * (names.Count - 1) / 2} pairs, {none} of them no copies. Reported: "
                + $"{reported.Count}, false: {reported.Count(wrong.Contains)}. Highest score of a pair that is no copy: "
                + $"{wrong.Select(match => match.Score).DefaultIfEmpty(0).Max():0.000}. "
                + $"Decoded in {first:0} s, compared in {seconds:0} s.\n"
        );
        foreach (var match in wrong.Take(40))
        {
            Console.WriteLine($"{(IsSure(match) ? "FALSE" : "no copy")}: {match}");
        }

        Console.WriteLine(text);
        await File.WriteAllTextAsync(report, text.ToString());
        return 0;
    }

    /// <summary>Films and photos of some folders, decoded as <c>atlas copies</c> does it the first time.</summary>
    private static async Task<List<CopySubject>> SubjectsAsync(string[] folders)
    {
        var codec = new VipsImageCodec();
        var ffmpeg = ((FfmpegLookup.Found)await FfmpegTools.FindAsync(default)).Tools;
        var (prober, decoder) = (new Prober(ffmpeg, codec), new FilmDecoder(ffmpeg, codec));
        var files = folders
            .SelectMany(folder =>
                Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Folder: folder, File: file))
            )
            .OrderBy(file => file.File, StringComparer.Ordinal)
            .ToList();
        var subjects = new CopySubject?[files.Count];
        await Parallel.ForAsync(
            0,
            files.Count,
            async (i, stop) =>
            {
                var (folder, file) = files[i];
                if (await prober.ProbeAsync(file, stop) is ProbeResult.Found { Info: var info })
                {
                    var (pictures, reason) = await ThumbnailDecoder.DecodeAsync(decoder, file, info, stop);
                    var read = new FilmThumbnails(pictures ?? throw new InvalidDataException($"{file}: {reason}"), null);
                    subjects[i] = new CopySubject(
                        Path.GetRelativePath(folder, file),
                        info.Kind == MediaKind.Photo,
                        _ => Task.FromResult(read)
                    );
                }
            }
        );
        return [.. subjects.OfType<CopySubject>()];
    }

    private static bool IsSure(CopyMatch? match) => match is not null && match.Score >= CopyFinder.Needed(CopyFinder.UsualLeast, match);

    /// <summary>Which seconds of which original a film shows.</summary>
    private static List<(string Original, double From, double To)> Shown(string film, List<CopyCase> made)
    {
        var parts = made.Where(copy => copy.File == film)
            .Select(copy => (Original(copy.Source), copy.From, copy.From + Math.Max(1, copy.Seconds)))
            .ToList();
        return parts.Count > 0 ? parts : [(Original(film), 0, double.MaxValue)];
    }

    private static string Original(string film) => Twins.GetValueOrDefault(film, film);

    private static bool Share(List<(string Original, double From, double To)> a, List<(string Original, double From, double To)> b) =>
        a.Exists(x => b.Exists(y => x.Original == y.Original && Math.Min(x.To, y.To) - Math.Max(x.From, y.From) > 0.5));
}
