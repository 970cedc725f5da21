using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using OrleansAtlas.Store;

namespace OrleansAtlas.Web.Maps;

/// <summary>Which films of a map are shown.</summary>
/// <param name="Film">Ids of films; empty for all.</param>
/// <param name="Group">Numbers of groups of films (<see cref="OpenMap.Groups"/>); empty for all.</param>
/// <param name="From">Earliest day of a film (taken, else last changed), UTC.</param>
/// <param name="To">Latest day.</param>
/// <param name="Since">Films that came into the collection, or whose file was changed, then or later.</param>
internal readonly record struct MapFilter(
    [FromQuery(Name = "film")] string[]? Film,
    [FromQuery(Name = "group")] int[]? Group,
    [FromQuery(Name = "from")] DateOnly? From,
    [FromQuery(Name = "to")] DateOnly? To,
    [FromQuery(Name = "since")] DateTimeOffset? Since = null
)
{
    /// <summary>Whether everything is shown.</summary>
    public bool IsNone => Film is null or { Length: 0 } && Group is null or { Length: 0 } && From is null && To is null && Since is null;

    /// <summary>A name made from what is asked for; empty for everything.</summary>
    public string Key => IsNone ? "" : Hash($"{Sorted(Film)} {Sorted(Group)} {From:O} {To:O} {Since?.UtcTicks}");

    /// <summary>Whether a film is shown.</summary>
    /// <param name="film">The film.</param>
    /// <param name="group">Its group.</param>
    /// <param name="came">When it came into the collection; null where that is not known, or not asked for.</param>
    public bool Shows(VideoRecord film, int group, DateTimeOffset? came) =>
        (Film is null or { Length: 0 } || Film.Contains(film.Id))
        && (Group is null or { Length: 0 } || Group.Contains(group))
        && !(From > DayOf(film))
        && !(To < DayOf(film))
        && (Since is null || came >= Since);

    /// <summary>The day a film is filed under: the one it was taken, else the one its file was last changed.</summary>
    public static DateOnly? DayOf(VideoRecord film) =>
        TakenOf(film) ?? (film.Sources.Count > 0 ? DateOnly.FromDateTime(film.Sources[0].Modified) : null);

    /// <summary>The day a film was taken, where its file says so. Cameras without a clock say 1904, 1970 or 1980, which is no
    /// day.</summary>
    public static DateOnly? TakenOf(VideoRecord film) =>
        DateTimeOffset.TryParse(film.Info?.Created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created)
        && DateOnly.FromDateTime(created.UtcDateTime) is not { Year: 1904 or 1970 or 1980, DayOfYear: 1 } and var day
            ? day
            : null;

    private static string Sorted<T>(T[]? values) => string.Join(' ', (values ?? []).Order());

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
