using System.Numerics.Tensors;

namespace OrleansAtlas.Reduction;

/// <summary>Makes <see cref="PcaStatistics"/> of rows that come piece by piece; only their order counts, not the pieces.</summary>
/// <remarks>Rows are taken in blocks of 2,048, each centred by its own mean in float64, so that the float32 products of the scatter
/// work on small numbers; its tiles on and above the diagonal only are computed and added up in float64. Rows of up to 512 numbers need no such products.</remarks>
public sealed class PcaGatherer
{
    private const int BlockRows = 2048;
    private const int TileColumns = 512;
    private readonly int _dimensions;
    private readonly IMatrixProduct _product;
    private readonly float[] _rows;
    private readonly double[] _mean;
    private readonly double[] _scatter;
    private long _count;
    private int _pending;

    /// <param name="dimensions">Numbers a row has, 1 to 60,000.</param>
    /// <param name="product">Who multiplies.</param>
    public PcaGatherer(int dimensions, IMatrixProduct product)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, 60_000);
        (_dimensions, _product) = (dimensions, product);
        _rows = new float[BlockRows * dimensions];
        _mean = new double[dimensions];
        _scatter = new double[PcaStatistics.Triangle(dimensions)];
    }

    /// <summary>Adds rows <c>[n, D]</c>.</summary>
    public void Add(ReadOnlySpan<Half> rows)
    {
        foreach (var (start, length) in Pieces(rows.Length))
        {
            TensorPrimitives.ConvertToSingle(rows.Slice(start, length), _rows.AsSpan(_pending * _dimensions));
            Took(length);
        }
    }

    /// <summary>Adds rows <c>[n, D]</c>.</summary>
    public void Add(ReadOnlySpan<float> rows)
    {
        foreach (var (start, length) in Pieces(rows.Length))
        {
            rows.Slice(start, length).CopyTo(_rows.AsSpan(_pending * _dimensions));
            Took(length);
        }
    }

    /// <summary>The statistics of all rows added; this must not be used further.</summary>
    public PcaStatistics Finish()
    {
        Flush();
        return new PcaStatistics(_count, _mean, _scatter);
    }

    private IEnumerable<(int Start, int Length)> Pieces(int length)
    {
        if (length % _dimensions != 0)
        {
            throw new ArgumentException($"{length} numbers are no whole rows of {_dimensions}.");
        }

        for (var start = 0; start < length;)
        {
            var piece = Math.Min(length - start, (BlockRows - _pending) * _dimensions);
            yield return (start, piece);
            start += piece;
        }
    }

    private void Took(int length)
    {
        _pending += length / _dimensions;
        if (_pending == BlockRows)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (_pending == 0)
        {
            return;
        }

        var mean = Mean();
        var share = (double)_pending / (_count + _pending);
        var difference = mean.Zip(_mean, (to, from) => to - from).ToArray();
        if (_dimensions <= PcaBasis.FullUpTo)
        {
            AddExactly(mean, difference, _count * share);
        }
        else
        {
            Centre(mean);
            AddTiles(difference, _count * share);
        }

        for (var i = 0; i < _dimensions; i++)
        {
            _mean[i] += share * difference[i];
        }

        _count += _pending;
        _pending = 0;
    }

    private double[] Mean()
    {
        var mean = new double[_dimensions];
        for (var r = 0; r < _pending; r++)
        {
            var row = _rows.AsSpan(r * _dimensions, _dimensions);
            for (var i = 0; i < row.Length; i++)
            {
                mean[i] += row[i];
            }
        }

        TensorPrimitives.Divide(mean, _pending, mean);
        return mean;
    }

    private void Centre(double[] mean)
    {
        for (var r = 0; r < _pending; r++)
        {
            var row = _rows.AsSpan(r * _dimensions, _dimensions);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (float)(row[i] - mean[i]);
            }
        }
    }

    /// <summary>In float64 throughout: where rows are short it costs little, and small eigenvalues beside large ones come out right.</summary>
    private void AddExactly(double[] mean, double[] difference, double factor)
    {
        var row = new double[_dimensions];
        for (var r = 0; r <= _pending; r++)
        {
            if (r < _pending)
            {
                TensorPrimitives.ConvertChecked(_rows.AsSpan(r * _dimensions, _dimensions), row);
                TensorPrimitives.Subtract(row, mean, row);
            }
            else
            {
                TensorPrimitives.Multiply(difference, Math.Sqrt(factor), row);
            }

            for (var i = 0; i < _dimensions; i++)
            {
                var triangle = _scatter.AsSpan(PcaStatistics.RowStart(i, _dimensions) + i, _dimensions - i);
                TensorPrimitives.MultiplyAdd(row.AsSpan(i), row[i], triangle, triangle);
            }
        }
    }

    private void AddTiles(double[] difference, double factor)
    {
        var (left, right) = (new float[_pending * TileColumns], new float[_pending * TileColumns]);
        var tile = new float[TileColumns * TileColumns];
        for (var i = 0; i < _dimensions; i += TileColumns)
        {
            var rows = Math.Min(TileColumns, _dimensions - i);
            Columns(i, rows, left);
            for (var j = i; j < _dimensions; j += TileColumns)
            {
                var columns = Math.Min(TileColumns, _dimensions - j);
                if (j > i)
                {
                    Columns(j, columns, right);
                }

                _product.Multiply(left.AsSpan(0, _pending * rows), (j > i ? right : left).AsSpan(0, _pending * columns), tile.AsSpan(0, rows * columns), rows, _pending, columns, transposeLeft: true);
                AddTile(tile, i, rows, j, columns, difference, factor);
            }
        }
    }

    private void Columns(int start, int columns, float[] to)
    {
        for (var r = 0; r < _pending; r++)
        {
            _rows.AsSpan((r * _dimensions) + start, columns).CopyTo(to.AsSpan(r * columns));
        }
    }

    private void AddTile(float[] tile, int top, int rows, int left, int columns, double[] difference, double factor)
    {
        for (var r = 0; r < rows; r++)
        {
            var i = top + r;
            var start = PcaStatistics.RowStart(i, _dimensions);
            var weight = factor * difference[i];
            for (var j = Math.Max(i, left); j < left + columns; j++)
            {
                _scatter[start + j] += tile[(r * columns) + j - left] + (weight * difference[j]);
            }
        }
    }
}
