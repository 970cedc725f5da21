using System.Runtime.InteropServices;

namespace OrleansAtlas.Images.Native;

/// <summary>One reference to an object of libvips, given back when disposed.</summary>
internal sealed class VipsHandle : SafeHandle
{
    public VipsHandle(nint owned) : base(0, ownsHandle: true) => SetHandle(owned != 0 ? owned : throw VipsError.Take());

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        GObject.Unref(handle);
        return true;
    }
}
