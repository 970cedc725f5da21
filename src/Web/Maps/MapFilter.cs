using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansAtlas.Store;

namespace OrleansAtlas.Web.Maps;

/// <summary>Which films of a map are shown.</summary>
/// <param name="Film">Ids of films; empty for all.</param>
/// <param name="From">Earliest day of a film (taken, else last changed), UTC.</param>
/// <param name="To">Latest day.</param>
internal readonly record struct MapFilter(string[]? Film, DateOnly? From, DateOnly? To)
{
    /// <summary>Whether everything is shown.</summary>
    public bool IsNone => (Film is null or { Length: 0 }) && From is null && To is null;

    /// <summary>A name made from what is asked for; empty for everything.</summary>
    public string Key =>
        IsNone
            ? ""
            : Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{string.Join(' ', (Film ?? []).Order(StringComparer.Ordinal))} {From:O} {To:O}"))
            )[..16];

    /// <summary>Whether a film is shown.</summary>
    public bool Shows(string id, VideoRecord film) =>
        (Film is null or { Length: 0 } || Film.Contains(id)) && !(From > DayOf(film)) && !(To < DayOf(film));

    /// <summary>The day a film is filed under.</summary>
    public static DateOnly? DayOf(VideoRecord film) =>
        DateTimeOffset.TryParse(film.Info?.Created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created)
            ? DateOnly.FromDateTime(created.UtcDateTime)
        : film.Sources.Count > 0 ? DateOnly.FromDateTime(film.Sources[0].Modified)
        : null;
}
