using System.Runtime.InteropServices;

namespace OrleansAtlas.Images.Native;

/// <summary>The object system libvips is built on.</summary>
internal static partial class GObject
{
    private const string Library = "libgobject-2.0.so.0";
    private const string Glib = "libglib-2.0.so.0";

    /// <summary>G_TYPE_STRING: fundamental type 16, shifted by two.</summary>
    public const nuint StringType = 16 << 2;

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(Library, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProperty(VipsHandle instance, string name, in GValue value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GetProperty(VipsHandle instance, string name, ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    public static partial nint Init(ref GValue value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    public static partial void Unset(ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_set_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetString(ref GValue value, string text);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    public static partial void SetObject(ref GValue value, VipsHandle instance);

    [LibraryImport(Library, EntryPoint = "g_value_set_boxed")]
    public static partial void SetBoxed(ref GValue value, nint boxed);

    /// <summary>The caller owns a reference to the object.</summary>
    [LibraryImport(Library, EntryPoint = "g_value_dup_object")]
    public static partial nint DupObject(ref GValue value);

    /// <summary>The value keeps the boxed data.</summary>
    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    public static partial nint GetBoxed(ref GValue value);

    [LibraryImport(Glib, EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(Glib, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial uint LogSetHandler(string domain, int levels, delegate* unmanaged<nint, int, nint, nint, void> handler, nint data);
}

/// <summary>GLib's GValue: a type and two words of data.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    private readonly nuint _type;
    private readonly long _first;
    private readonly long _second;
}
