using System.Numerics.Tensors;

namespace OrleansAtlas.Reduction;

/// <summary>Makes <see cref="PcaStatistics"/> of rows that come piece by piece; only their order counts, not the pieces.</summary>
/// <remarks>Rows are taken in blocks of 2,048, each centred by its own mean in float64, so that the float32 products of the scatter
/// work on small numbers. Only strips down to the diagonal are computed, and added up in float64. Rows of up to 512 numbers need no such products.</remarks>
public sealed class PcaGatherer
{
    private const int BlockRows = 2048;
    private const int StripColumns = 512;
    private const int Tile = 16;
    private readonly int _dimensions;
    private readonly IMatrixProduct _product;
    private readonly float[] _rows;
    private readonly float[] _centred;
    private readonly float[] _strip;
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
        (_centred, _strip) = dimensions <= PcaBasis.FullUpTo ? ([], []) : (new float[_rows.Length], new float[dimensions * StripColumns]);
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
            AddStrips(difference, _count * share);
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
        const int Chunk = 256;
        var mean = new double[_dimensions];
        Parallel.For(0, (_dimensions + Chunk - 1) / Chunk, chunk =>
        {
            Span<double> values = stackalloc double[Chunk];
            var first = chunk * Chunk;
            values = values[..Math.Min(Chunk, _dimensions - first)];
            var sums = mean.AsSpan(first, values.Length);
            for (var r = 0; r < _pending; r++)
            {
                TensorPrimitives.ConvertChecked<float, double>(_rows.AsSpan((r * _dimensions) + first, values.Length), values);
                TensorPrimitives.Add(sums, values, sums);
            }

            TensorPrimitives.Divide(sums, _pending, sums);
        });
        return mean;
    }

    /// <summary>Less their mean, and turned so that each dimension's numbers lie together: <c>[D, pending]</c>. Tile by tile, for a column of
    /// a wide matrix is one cache line a number.</summary>
    private void Centre(double[] mean) => Parallel.For(0, (_dimensions + Tile - 1) / Tile, block =>
    {
        Span<float> tile = stackalloc float[Tile * Tile];
        var first = block * Tile;
        var columns = Math.Min(Tile, _dimensions - first);
        for (var top = 0; top < _pending; top += Tile)
        {
            var rows = Math.Min(Tile, _pending - top);
            for (var r = 0; r < rows; r++)
            {
                _rows.AsSpan(((top + r) * _dimensions) + first, columns).CopyTo(tile[(r * Tile)..]);
            }

            for (var c = 0; c < columns; c++)
            {
                var to = _centred.AsSpan(((first + c) * _pending) + top, rows);
                for (var r = 0; r < to.Length; r++)
                {
                    to[r] = (float)(tile[(r * Tile) + c] - mean[first + c]);
                }
            }
        }
    });

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

    private void AddStrips(double[] difference, double factor)
    {
        for (var left = 0; left < _dimensions; left += StripColumns)
        {
            var columns = Math.Min(StripColumns, _dimensions - left);
            var rows = left + columns;
            _product.Multiply(_centred.AsSpan(0, rows * _pending), _centred.AsSpan(left * _pending, columns * _pending), _strip.AsSpan(0, rows * columns), rows, _pending, columns, transposeRight: true);
            AddStrip(rows, left, columns, difference, factor);
        }
    }

    private void AddStrip(int rows, int left, int columns, double[] difference, double factor) => Parallel.For(0, rows, i =>
    {
        var first = Math.Max(i, left);
        var products = _strip.AsSpan((i * columns) + first - left, left + columns - first);
        var sums = _scatter.AsSpan(PcaStatistics.RowStart(i, _dimensions) + first, products.Length);
        var differences = difference.AsSpan(first, products.Length);
        var weight = factor * difference[i];
        for (var j = 0; j < products.Length; j++)
        {
            sums[j] += products[j] + (weight * differences[j]);
        }
    });
}
