using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Output;

/// <summary>What changed, for people: counts, and each name of what did not just come.</summary>
internal static class ChangeLines
{
    private const int MostNamed = 20;

    /// <summary>Writes a line of counts, and below it up to 20 names of each kind.</summary>
    public static void Write(TextWriter writer, IndexChanges changes)
    {
        var damaged = changes.Damaged.Count > 0 ? $", {changes.Damaged.Count} damaged" : "";
        var back = changes.Back.Count > 0 ? $"{changes.Back.Count} back, " : "";
        writer.WriteLine(
            $"{changes.New.Count} new, {changes.Changed.Count} changed, {changes.Moved.Count} moved, {changes.Copied.Count} copied, "
                + $"{changes.Gone.Count} gone, {back}{changes.Failed.Count} failed{damaged}."
        );
        Places(writer, "new", changes.New);
        Places(writer, "changed", changes.Changed);
        Names(writer, "moved", [.. changes.Moved.Select(film => film.Told()).Select(told => $"{told.From} -> {told.To}")]);
        Places(writer, "copied", changes.Copied);
        Places(writer, "gone", changes.Gone);
        Places(writer, "back", changes.Back);
    }

    /// <summary>Up to 20 places by their names, a line each.</summary>
    public static void Places(TextWriter writer, string what, IReadOnlyList<FilmPlace> places) =>
        Names(writer, what, [.. places.Select(place => place.Name)]);

    /// <summary>Up to 20 names, a line each.</summary>
    public static void Names(TextWriter writer, string what, IReadOnlyList<string> names)
    {
        foreach (var name in names.Take(MostNamed))
        {
            writer.WriteLine($"  {what}: {name}");
        }

        if (names.Count > MostNamed)
        {
            writer.WriteLine($"  {what}: and {names.Count - MostNamed} more");
        }
    }
}
