using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>One layer's way forward and back over a batch: Dense, then what its kind says.
/// Rows are padded to cache lines; the padding holds zeros throughout.</summary>
internal sealed unsafe class LayerPass
{
    /// <summary>Added to the variance before its root, as Keras does.</summary>
    public const float Epsilon = 1e-3f;

    /// <summary>How much of a running statistic one batch replaces: 1 - Keras's momentum of 0.99.</summary>
    public const float Renewal = 0.01f;

    private readonly DenseLayer _layer;
    private readonly AlignedBuffer _activation;
    private readonly AlignedBuffer _output;
    private readonly AlignedBuffer _columns;
    private readonly int _width;

    public LayerPass(DenseLayer layer, int rows)
    {
        _layer = layer;
        _width = AlignedBuffer.Padded(layer.Outputs);
        _activation = new AlignedBuffer(rows * _width);
        _output = layer.Kind == LayerKind.Normalised ? new AlignedBuffer(rows * _width) : _activation;
        _columns = new AlignedBuffer(8 * _width);
    }

    /// <summary>Floats from one row of the output to the next.</summary>
    public int Width => _width;

    /// <summary><c>[rows, Width]</c>.</summary>
    public float* Output => _output.Pointer;

    private float* Bias => _columns.Pointer;

    private float* Gamma => Bias + _width;

    private float* Beta => Gamma + _width;

    private float* Mean => Beta + _width;

    private float* InverseDeviation => Mean + _width;

    private float* Scratch1 => InverseDeviation + _width;

    private float* Scratch2 => Scratch1 + _width;

    /// <summary>In training, normalises by the batch and renews the running statistics; else by the running ones.</summary>
    public void Forward(float* input, nint inputRow, int rows, float* parameters, bool training)
    {
        MatrixKernel.Multiply(
            input,
            inputRow,
            1,
            parameters + _layer.Weight,
            1,
            _layer.Inputs,
            _activation.Pointer,
            _width,
            _width,
            rows,
            _layer.Inputs,
            _layer.Outputs
        );
        Take(parameters, _layer.Bias, Bias);
        switch (_layer.Kind)
        {
            case LayerKind.Last:
                ColumnKernel.AddBias(_activation.Pointer, rows, _width, Bias);
                break;
            case LayerKind.Rectified:
                ColumnKernel.Rectify(_activation.Pointer, rows, _width, Bias);
                break;
            default:
                Normalise(rows, parameters, training);
                break;
        }
    }

    /// <summary>Turns the loss's gradient by this layer's output, <c>[rows, Width]</c>, overwritten, into gradients by its parameters and,
    /// where <paramref name="inputGradient"/> is given, by its input.</summary>
    public void Backward(
        float* gradient,
        float* input,
        nint inputRow,
        int rows,
        float* parameters,
        float* parameterGradients,
        float* inputGradient
    )
    {
        if (_layer.Kind == LayerKind.Rectified)
        {
            ColumnKernel.RectifyGradient(gradient, _activation.Pointer, rows, _width);
        }
        else if (_layer.Kind == LayerKind.Normalised)
        {
            ColumnKernel.NormalisationSums(gradient, _activation.Pointer, rows, _width, Mean, InverseDeviation, Scratch1, Scratch2);
            Give(Scratch1, parameterGradients + _layer.Gamma);
            Give(Scratch2, parameterGradients + _layer.Beta);
            ColumnKernel.NormalisationAndElu(
                gradient,
                _activation.Pointer,
                rows,
                _width,
                Mean,
                InverseDeviation,
                Gamma,
                Scratch1,
                Scratch2
            );
        }

        ColumnKernel.Sum(gradient, rows, _width, Scratch1);
        Give(Scratch1, parameterGradients + _layer.Bias);
        MatrixKernel.Multiply(
            gradient,
            1,
            _width,
            input,
            inputRow,
            1,
            parameterGradients + _layer.Weight,
            _layer.Inputs,
            _layer.Inputs,
            _layer.Outputs,
            rows,
            _layer.Inputs
        );
        if (inputGradient != null)
        {
            MatrixKernel.Multiply(
                gradient,
                _width,
                1,
                parameters + _layer.Weight,
                _layer.Inputs,
                1,
                inputGradient,
                inputRow,
                inputRow,
                rows,
                _layer.Outputs,
                _layer.Inputs
            );
        }
    }

    private void Normalise(int rows, float* parameters, bool training)
    {
        Take(parameters, _layer.Gamma, Gamma);
        Take(parameters, _layer.Beta, Beta);
        ColumnKernel.Elu(_activation.Pointer, rows, _width, Bias);
        if (training)
        {
            ColumnKernel.Mean(_activation.Pointer, rows, _width, Mean);
            ColumnKernel.Variance(_activation.Pointer, rows, _width, Mean, Scratch1);
            Renew(parameters + _layer.RunningMean, Mean, 1);
            Renew(parameters + _layer.RunningVariance, Scratch1, rows > 1 ? rows / (rows - 1f) : 1);
        }
        else
        {
            Take(parameters, _layer.RunningMean, Mean);
            Take(parameters, _layer.RunningVariance, Scratch1);
        }

        for (var j = 0; j < _width; j++)
        {
            InverseDeviation[j] = 1 / MathF.Sqrt(Scratch1[j] + Epsilon);
            Scratch1[j] = Gamma[j] * InverseDeviation[j];
            Scratch2[j] = Beta[j] - (Mean[j] * Scratch1[j]);
        }

        ColumnKernel.ScaleAndShift(_activation.Pointer, _output.Pointer, rows, _width, Scratch1, Scratch2);
    }

    private void Take(float* parameters, int offset, float* to) =>
        new ReadOnlySpan<float>(parameters + offset, _layer.Outputs).CopyTo(new Span<float>(to, _layer.Outputs));

    private void Give(float* from, float* to) => new ReadOnlySpan<float>(from, _layer.Outputs).CopyTo(new Span<float>(to, _layer.Outputs));

    private void Renew(float* running, float* batch, float factor)
    {
        for (var j = 0; j < _layer.Outputs; j++)
        {
            running[j] += Renewal * ((batch[j] * factor) - running[j]);
        }
    }
}
