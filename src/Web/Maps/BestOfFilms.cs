namespace OrleansAtlas.Web.Maps;

/// <summary>The frame of each film that is nearest so far.</summary>
/// <param name="films">How many films there are.</param>
internal sealed class BestOfFilms(int films)
{
    private readonly int[] _rows = new int[films];
    private readonly float[] _distances = [.. Enumerable.Repeat(float.PositiveInfinity, films)];

    public void Offer(int film, int row, float distance)
    {
        if (distance < _distances[film])
        {
            (_rows[film], _distances[film]) = (row, distance);
        }
    }

    /// <summary>Those of films that had any.</summary>
    public IEnumerable<FoundFrame> Frames()
    {
        for (var film = 0; film < _rows.Length; film++)
        {
            if (float.IsFinite(_distances[film]))
            {
                yield return new FoundFrame(_rows[film], _distances[film]);
            }
        }
    }
}
