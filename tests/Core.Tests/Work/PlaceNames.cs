using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Work;

/// <summary>Places as people read them.</summary>
internal static class PlaceNames
{
    /// <summary>What they are called.</summary>
    public static IEnumerable<string> Names(this IReadOnlyList<FilmPlace> places) => places.Select(place => place.Name);
}
