using System.Buffers;
using System.Numerics.Tensors;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Pca;

/// <summary>Makes <see cref="PcaStatistics"/> of rows that come piece by piece; only their order counts, not the pieces.</summary>
/// <remarks>Rows are taken in blocks of 2,048, each centred by its own mean in float64, so that the float32 products of the scatter
/// work on small numbers, and turned as they come, so that a block is held once. Only strips down to the diagonal are computed, and added
/// up in float64. Rows of up to 512 numbers need no such products.</remarks>
public sealed class PcaAccumulator
{
    private const int BlockRows = 2048;
    private const int StripColumns = 512;
    private const int Tile = 16;
    private readonly int _dimensions;
    private readonly IMatrixProduct _product;
    private readonly int _held;
    private readonly float[] _rows;
    private readonly float[] _columns;
    private readonly float[] _strip;
    private readonly double[] _mean;
    private readonly double[] _scatter;
    private long _count;
    private int _pending;

    /// <param name="dimensions">Numbers a row has, 1 to 60,000.</param>
    /// <param name="product">Who multiplies.</param>
    public PcaAccumulator(int dimensions, IMatrixProduct product)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, 60_000);
        (_dimensions, _product) = (dimensions, product);
        _held = IsShort ? BlockRows : Tile;
        _rows = new float[_held * dimensions];
        (_columns, _strip) = IsShort
            ? ([], [])
            : (ArrayPool<float>.Shared.Rent(BlockRows * dimensions), ArrayPool<float>.Shared.Rent(dimensions * StripColumns));
        _mean = new double[dimensions];
        _scatter = new double[PcaStatistics.Triangle(dimensions)];
    }

    private bool IsShort => _dimensions <= PcaBasis.FullUpTo;

    /// <summary>Adds rows <c>[n, D]</c>.</summary>
    public void Add(ReadOnlySpan<Half> rows)
    {
        foreach (var (start, length) in Pieces(rows.Length))
        {
            TensorPrimitives.ConvertToSingle(rows.Slice(start, length), _rows.AsSpan(_pending % _held * _dimensions));
            Took(length);
        }
    }

    /// <summary>Adds rows <c>[n, D]</c>.</summary>
    public void Add(ReadOnlySpan<float> rows)
    {
        foreach (var (start, length) in Pieces(rows.Length))
        {
            rows.Slice(start, length).CopyTo(_rows.AsSpan(_pending % _held * _dimensions));
            Took(length);
        }
    }

    /// <summary>The statistics of all rows added; this must not be used further.</summary>
    public PcaStatistics Finish()
    {
        Flush();
        if (!IsShort)
        {
            // The next part takes them: garbage of their size waits long to be collected.
            ArrayPool<float>.Shared.Return(_columns);
            ArrayPool<float>.Shared.Return(_strip);
        }

        return new PcaStatistics(_count, _mean, _scatter);
    }

    private IEnumerable<(int Start, int Length)> Pieces(int length)
    {
        if (length % _dimensions != 0)
        {
            throw new ArgumentException($"{length} numbers are no whole rows of {_dimensions}.");
        }

        for (var start = 0; start < length; )
        {
            var piece = Math.Min(length - start, (_held - (_pending % _held)) * _dimensions);
            yield return (start, piece);
            start += piece;
        }
    }

    private void Took(int length)
    {
        _pending += length / _dimensions;
        if (!IsShort && _pending % Tile == 0)
        {
            Turn(Tile);
        }

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

        var mean = IsShort ? Mean() : Centre();
        var share = (double)_pending / (_count + _pending);
        var difference = mean.Zip(_mean, (to, from) => to - from).ToArray();
        if (IsShort)
        {
            AddExactly(mean, difference, _count * share);
        }
        else
        {
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

    /// <summary>Puts the rows held among the columns, <c>[D, 2048]</c>: a few rows at a time fill whole cache lines there.</summary>
    private void Turn(int rows)
    {
        var top = _pending - rows;
        for (var i = 0; i < _dimensions; i++)
        {
            var to = _columns.AsSpan((i * BlockRows) + top, rows);
            for (var r = 0; r < to.Length; r++)
            {
                to[r] = _rows[(r * _dimensions) + i];
            }
        }
    }

    /// <summary>Takes each column's mean away, after the last rows have joined and the columns of a block that is not full have moved
    /// together.</summary>
    private double[] Centre()
    {
        Turn(_pending % Tile);
        for (var i = 1; i < _dimensions && _pending < BlockRows; i++)
        {
            _columns.AsSpan(i * BlockRows, _pending).CopyTo(_columns.AsSpan(i * _pending));
        }

        var mean = new double[_dimensions];
        Parallel.For(
            0,
            _dimensions,
            i =>
            {
                var column = _columns.AsSpan(i * _pending, _pending);
                var sum = 0.0;
                foreach (var value in column)
                {
                    sum += value;
                }

                mean[i] = sum / _pending;
                foreach (ref var value in column)
                {
                    value = (float)(value - mean[i]);
                }
            }
        );
        return mean;
    }

    /// <summary>In float64 throughout: where rows are short it costs little, and small eigenvalues beside large ones come out
    /// right.</summary>
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
            _product.Multiply(
                _columns.AsSpan(0, rows * _pending),
                _columns.AsSpan(left * _pending, columns * _pending),
                _strip.AsSpan(0, rows * columns),
                rows,
                _pending,
                columns,
                transposeRight: true
            );
            AddStrip(rows, left, columns, difference, factor);
        }
    }

    private void AddStrip(int rows, int left, int columns, double[] difference, double factor) =>
        Parallel.For(
            0,
            rows,
            i =>
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
            }
        );
}
