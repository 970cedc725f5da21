namespace OrleansAtlas.Search.Index;

/// <summary>The rows with the least values of a long scan: a buffer of twice as many, cut to the best half when it is full.</summary>
/// <param name="keep">How many.</param>
public sealed class TopK(int keep)
{
    private readonly float[] _values = new float[2 * keep];
    private readonly int[] _rows = new int[2 * keep];
    private int _count;

    /// <summary>Only values below this are among the least so far.</summary>
    public float Limit { get; private set; } = float.PositiveInfinity;

    /// <summary>Takes a row into account; rows come in rising order.</summary>
    public void Offer(int row, float value)
    {
        if (value >= Limit)
        {
            return;
        }

        (_values[_count], _rows[_count]) = (value, row);
        if (++_count == _rows.Length)
        {
            Cut();
        }
    }

    /// <summary>The rows with their values, the least first.</summary>
    public IEnumerable<(int Row, float Value)> Least()
    {
        Cut();
        return _rows.Zip(_values).Take(_count);
    }

    private void Cut()
    {
        Array.Sort(_values, _rows, 0, _count);
        _count = Math.Min(_count, keep);
        Limit = _count == keep ? _values[_count - 1] : float.PositiveInfinity;
    }
}
