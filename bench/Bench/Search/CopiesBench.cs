using System.Globalization;
using System.Text;
using OrleansAtlas.Images;
using OrleansAtlas.Maps;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Copies;
using OrleansAtlas.Store;

namespace OrleansAtlas.Bench.Search;

/// <summary>Recall by kind of copy and precision, over cases made by bench/copies/make-cases.sh and indexed together with the footage
/// they are made of. Every other pair of films is a case of no copy.</summary>
internal static class CopiesBench
{
    // These two pairs of the footage are copies of each other.
    private static readonly Dictionary<string, string> Twins = new(StringComparer.Ordinal)
    {
        ["mdn-learning-area/rabbit320.mp4"] = "mdn-learning-area/rabbit.mp4",
        ["mdn-shared-assets/flower.webm"] = "mdn-shared-assets/flower.mp4",
    };

    public static async Task<int> RunAsync(string store, string name, string cases, string report)
    {
        var collection = (await CollectionStore.OpenAsync(LocalStore.Open(store, write: false), name, default))!;
        var library = await ClipLibrary.ReadAsync(
            await AtlasMap.ReadAsync(collection, await collection.OpenCurrentMapAsync(default), default),
            default
        );
        var made = File.ReadAllLines(cases)
            .Select(line => line.Split('\t'))
            .Select(cell => new Case(cell[0], cell[1], cell[2], Number(cell[3]), Number(cell[4]), Number(cell[5])))
            .ToList();
        var shown = library.Clips.ToDictionary(clip => clip.Name, clip => Shown(clip, made));
        var started = TimeProvider.System.GetTimestamp();
        var copies = await new CopyFinder(library, new VipsImageCodec()).FindAsync(0.3, default);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"| kind | cases | found | share | offset within a sample | least score of those found | kind named "
                + $"|\n|---|---|---|---|---|---|---|\n"
        );
        foreach (var kind in made.GroupBy(copy => copy.Kind))
        {
            var hits = kind.Select(copy => (Case: copy, Match: copies.FirstOrDefault(match => Pair(match, copy.File, copy.Source))))
                .ToList();
            var found = hits.Where(hit => IsSure(hit.Match)).ToList();
            var aligned = found.Count(hit => Math.Abs(Offset(hit.Match!, hit.Case)) <= 0.2 + 1e-6);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {kind.Key} | {hits.Count} | {found.Count} | {(double)found.Count / hits.Count:P0} | {aligned} | "
                    + $"{found.Min(hit => hit.Match!.Score):0.000} | "
                    + $"{string.Join(", ", found.CountBy(hit => hit.Match!.Kind).Select(k => $"{k.Value} {k.Key}"))} |\n"
            );
            foreach (var missed in hits.Where(hit => !IsSure(hit.Match)))
            {
                Console.WriteLine($"missed: {missed.Case.File} of {missed.Case.Source}, score {missed.Match?.Score}");
            }
        }

        var wrong = copies.Where(match => !Share(shown[match.A], shown[match.B])).ToList();
        var reported = copies.Where(match => IsSure(match)).ToList();
        var pairs = library.Clips.Count * (library.Clips.Count - 1) / 2;
        var none = library
            .Clips.SelectMany((a, i) => library.Clips.Skip(i + 1).Select(b => (a, b)))
            .Count(pair => !Share(shown[pair.a.Name], shown[pair.b.Name]));
        text.Append(
            CultureInfo.InvariantCulture,
            $"\n{library.Clips.Count} films, {pairs} pairs, {none} of them no copies. Reported: {reported.Count}, false: "
                + $"{reported.Count(match => wrong.Contains(match))}. Highest score of a pair that is no copy: "
                + $"{wrong.Select(match => match.Score).DefaultIfEmpty(0).Max():0.000}; needed: {CopyFinder.UsualLeast}, from 20 samples "
                + $"on {CopyFinder.Needed(CopyFinder.UsualLeast, 20):0.00}. {seconds:0} s.\n"
        );
        foreach (var match in wrong.Take(8))
        {
            Console.WriteLine($"no copy: {match}");
        }

        var farthest = made.GroupBy(c => c.Kind)
            .Select(kind =>
                string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Max(c => CopyCandidateDistance(library, c)):0.00}")
            );
        Console.WriteLine($"farthest candidates: {string.Join(", ", farthest)}");
        Console.WriteLine(text);
        await File.WriteAllTextAsync(
            report,
            "# Copies\n\nEach case is a film made by `bench/copies/make-cases.sh` from one of the footage; frames at 5 a second, "
                + $"model {collection.Settings.Model.Name}.\nMade by `bench copies`; {Environment.ProcessorCount} cores.\n\n{text}"
        );
        return 0;
    }

    private static double CopyCandidateDistance(ClipLibrary library, Case made) =>
        CopyFinder.CandidateDistance(
            library.Clips.First(clip => clip.Name == made.File),
            library.Clips.First(clip => clip.Name == made.Source)
        );

    private static bool IsSure(CopyMatch? match) =>
        match is not null && match.Score >= CopyFinder.Needed(CopyFinder.UsualLeast, match.Samples);

    private static bool Pair(CopyMatch match, string a, string b) => (match.A == a && match.B == b) || (match.A == b && match.B == a);

    private static double Offset(CopyMatch match, Case made) =>
        match.A == made.File ? match.AStart - match.BStart - (made.At - made.From) : match.BStart - match.AStart - (made.At - made.From);

    /// <summary>Which seconds of which original a film shows.</summary>
    private static List<(string Original, double From, double To)> Shown(Clip clip, List<Case> made)
    {
        var parts = made.Where(copy => copy.File == clip.Name)
            .Select(copy => (Original(copy.Source), copy.From, copy.From + copy.Seconds))
            .ToList();
        return parts.Count > 0 ? parts : [(Original(clip.Name), 0, double.MaxValue)];
    }

    private static string Original(string film) => Twins.GetValueOrDefault(film, film);

    private static bool Share(List<(string Original, double From, double To)> a, List<(string Original, double From, double To)> b) =>
        a.Exists(x => b.Exists(y => x.Original == y.Original && Math.Min(x.To, y.To) - Math.Max(x.From, y.From) > 0.5));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Case(string File, string Kind, string Source, double From, double At, double Seconds);
}
