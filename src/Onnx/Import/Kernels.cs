namespace OrleansAtlas.Onnx.Import;

/// <summary>Convolution kernels from TensorFlow's order of axes to ONNX's.</summary>
internal static class Kernels
{
    /// <summary><c>[height, width, in, out]</c> to <c>[out, in, height, width]</c>, each output channel multiplied by its factor.</summary>
    public static float[] Dense(ReadOnlySpan<float> kernel, int area, int inputs, int outputs, ReadOnlySpan<double> factors = default)
    {
        var result = new float[kernel.Length];
        for (var o = 0; o < outputs; o++)
        {
            var factor = factors.IsEmpty ? 1 : factors[o];
            for (var i = 0; i < inputs; i++)
            {
                for (var a = 0; a < area; a++)
                {
                    result[(o * inputs + i) * area + a] = (float)(kernel[(a * inputs + i) * outputs + o] * factor);
                }
            }
        }

        return result;
    }

    /// <summary>Depthwise <c>[height, width, channels, multiplier]</c> to <c>[channels * multiplier, 1, height, width]</c>.</summary>
    public static float[] Depthwise(ReadOnlySpan<float> kernel, int area)
    {
        var channels = kernel.Length / area;
        var result = new float[kernel.Length];
        for (var c = 0; c < channels; c++)
        {
            for (var a = 0; a < area; a++)
            {
                result[c * area + a] = kernel[a * channels + c];
            }
        }

        return result;
    }
}
