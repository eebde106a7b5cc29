"""Own addresses of the shell: the palette, the look."""

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from medtrud.kernel.actor import Role
from medtrud.kernel.text import sort_key

from . import kit
from .page import Request, anyone
from .shell import Shell, search

FOUND = 20
YEAR = 365 * 24 * 3600
LOOKS = {"density": ("compact", "normal", "touch"), "vision": ("normal", "high")}


@anyone("sections of the own desk; every provider shows only what the actor may see")
def palette(request: Request) -> HttpResponse:
    """Answer the palette: sections first, then whatever the modules find."""
    text = request.GET.get("q", "").strip()
    if request.actor.role is Role.NOBODY:
        return JsonResponse([], safe=False)
    wanted = sort_key(text)
    found = [
        {"title": link["title"], "url": link["url"], "hint": "", "kind": "раздел"}
        for link in Shell(request)["links"]  # type: ignore[attr-defined]
        if wanted in sort_key(link["title"])
    ]
    if text:
        for item in search(request.actor, text):
            found.append({"title": item.title, "url": item.url, "hint": item.hint, "kind": item.kind})
            if len(found) >= FOUND:
                break
    return JsonResponse(found, safe=False)


@require_POST
@anyone("it changes only the look of the own browser")
def look(request: Request) -> HttpResponse:
    """Keep density and contrast in the browser."""
    back = request.POST.get("back", "/")
    answer = HttpResponse(
        status=302, headers={"Location": back if back.startswith("/") and back[1:2] != "/" else "/"}
    )
    for name, known in LOOKS.items():
        chosen = request.POST.get(name, "")
        if chosen in known:
            answer.set_cookie(f"ui_{name}", chosen, max_age=YEAR, httponly=True, samesite="Lax")
    return answer


urlpatterns = [
    path("palette/", palette, name="palette"),
    path("look/", look, name="look"),
    *kit.urlpatterns,
]
