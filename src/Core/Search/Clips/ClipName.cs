using System.Globalization;
using System.Text.RegularExpressions;
using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Media;

namespace OrleansAtlas.Search.Clips;

/// <summary>A clip as a person names it: <c>FILM</c>, <c>FILM@TIME</c> or <c>FILM@FROM-TO</c>, times in seconds, <c>m:ss</c> or
/// <c>h:mm:ss</c>.</summary>
/// <param name="Film">Name, id, file or address.</param>
/// <param name="From">Seconds; null for the whole film.</param>
/// <param name="To">Seconds; the same as <paramref name="From"/> for a moment.</param>
public sealed partial record ClipName(string Film, double? From, double? To)
{
    /// <summary>Reads what a person wrote.</summary>
    /// <exception cref="AtlasException">It ends before it begins.</exception>
    public static ClipName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Stretch().Match(text);
        if (!match.Success)
        {
            return new ClipName(text, null, null);
        }

        var from = Seconds(match.Groups["from"].Value);
        var to = match.Groups["to"].Success ? Seconds(match.Groups["to"].Value) : from;
        return to >= from
            ? new ClipName(match.Groups["film"].Value, from, to)
            : throw new AtlasException($"'{text}' ends before it begins; give FILM@FROM-TO with the earlier time first.");
    }

    /// <summary>The film of a map that this names: by a name relative to the folder that was indexed, by id, or by the end of its
    /// name where only one film ends so; null where there is none.</summary>
    /// <exception cref="AtlasException">Several films end so.</exception>
    public int? FindIn(AtlasMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var isAddress = FilmAddress.IsAddress(Film);
        var path = isAddress ? Uri.UnescapeDataString(FilmAddress.Plain(Film)) : Path.GetFullPath(Film);
        var films = Enumerable.Range(0, map.Films.Count).Where(film => map.Films[film] is not null).ToList();
        var exact = films.Where(film => map.FilmIds[film] == Film || map.Films[film]!.Sources.Any(source => source.Name == Film)).ToList();
        if (exact.Count > 0)
        {
            return exact[0];
        }

        var ending = films
            .Where(film =>
                map.Films[film]!.Sources.Any(source =>
                    source.Name.EndsWith("/" + Film, StringComparison.Ordinal)
                    || (isAddress ? Uri.UnescapeDataString(source.Path) : source.Path) == path
                )
            )
            .ToList();
        return ending.Count <= 1
            ? ending.Count == 1
                ? ending[0]
                : null
            : throw new AtlasException(
                $"'{Film}' is {string.Join(", ", ending.Take(5).Select(film => $"'{map.NameOf(film)}'"))}; say which."
            );
    }

    private static double Seconds(string text) =>
        text.Split(':').Aggregate(0.0, (sum, part) => (sum * 60) + double.Parse(part, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(?<film>.+)@(?<from>([0-9]+:){0,2}[0-9]+(\.[0-9]+)?)(-(?<to>([0-9]+:){0,2}[0-9]+(\.[0-9]+)?))?$")]
    private static partial Regex Stretch();
}
