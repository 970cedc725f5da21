using System.Runtime.InteropServices;

namespace OrleansAtlas.Images.Native;

/// <summary>One operation of libvips: named, given its arguments, run once.</summary>
internal sealed class VipsOperation(string name) : IDisposable
{
    private readonly VipsHandle _handle = new(Vips.OperationNew(name));
    private bool _built;

    /// <summary>Runs an operation that turns one image into another; options as <c>name=value,name=value</c>.</summary>
    public static VipsHandle Apply(string name, VipsHandle image, string options = "")
    {
        using var operation = new VipsOperation(name);
        return operation.Set("in", image).Options(options).Build().Image();
    }

    /// <summary>Arguments that are numbers, flags and names of enumerations: <c>name=value,name=value</c>.</summary>
    public VipsOperation Options(string options) =>
        options.Length == 0 || Vips.ObjectSetFromString(_handle, options) == 0 ? this : throw VipsError.Take();

    public VipsOperation Set(string argument, string text)
    {
        var value = default(GValue);
        GObject.Init(ref value, GObject.StringType);
        GObject.SetString(ref value, text);
        return Set(argument, ref value);
    }

    public VipsOperation Set(string argument, VipsHandle image) => Set(argument, image, Vips.ImageType());

    public VipsOperation SetSource(VipsHandle source) => Set("source", source, Vips.SourceType());

    /// <summary>Bytes that stay where they are until the operation and its images are gone.</summary>
    public unsafe VipsOperation Set(string argument, byte* bytes, int length)
    {
        var blob = Vips.BlobNew(0, bytes, (nuint)length);
        var value = default(GValue);
        GObject.Init(ref value, Vips.BlobType());
        GObject.SetBoxed(ref value, blob);
        Vips.AreaUnref(blob);
        return Set(argument, ref value);
    }

    public VipsOperation Build()
    {
        _built = true;
        return Vips.ObjectBuild(_handle) == 0 ? this : throw VipsError.Take();
    }

    /// <summary>The image that came out.</summary>
    public VipsHandle Image()
    {
        var value = default(GValue);
        GObject.Init(ref value, Vips.ImageType());
        GObject.GetProperty(_handle, "out", ref value);
        var image = GObject.DupObject(ref value);
        GObject.Unset(ref value);
        return new VipsHandle(image);
    }

    /// <summary>The file that came out.</summary>
    public byte[] Buffer()
    {
        var value = default(GValue);
        GObject.Init(ref value, Vips.BlobType());
        GObject.GetProperty(_handle, "buffer", ref value);
        var bytes = Vips.BlobGet(GObject.GetBoxed(ref value), out var length);
        var file = new byte[length];
        Marshal.Copy(bytes, file, 0, file.Length);
        GObject.Unset(ref value);
        return file;
    }

    public void Dispose()
    {
        // An operation that was run holds a reference to each of its outputs beside the one handed out.
        if (_built)
        {
            Vips.ObjectUnrefOutputs(_handle);
        }

        _handle.Dispose();
    }

    private VipsOperation Set(string argument, VipsHandle instance, nuint type)
    {
        var value = default(GValue);
        GObject.Init(ref value, type);
        GObject.SetObject(ref value, instance);
        return Set(argument, ref value);
    }

    private VipsOperation Set(string argument, ref GValue value)
    {
        GObject.SetProperty(_handle, argument, value);
        GObject.Unset(ref value);
        return this;
    }
}
